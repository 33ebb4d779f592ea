package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;

/** Tests {@link ArchiveWriter}, and {@link ArchiveLoader} with it. */
final class ArchiveWriterTest {
  private static final ArchiveConfiguration<String, Object> CONFIGURATION =
      ArchiveConfiguration.builder(String.class, Object.class).build();

  private final BreakableStore store = new BreakableStore();
  private final Archive<String, Object> archive = Archives.over(store, CONFIGURATION);
  private final ArchiveWriter<String, Object> writer = ArchiveWriter.over(archive);
  private final ArchiveLoader<String, Object> loader = ArchiveLoader.over(archive);

  private record TestEntry(String getKey, Object getValue) implements Cache.Entry<String, Object> {
    @Override
    public String getKey() {
      return getKey;
    }

    @Override
    public Object getValue() {
      return getValue;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      return type.cast(this);
    }
  }

  private static List<Cache.Entry<? extends String, ?>> entries(Object... keysAndValues) {
    List<Cache.Entry<? extends String, ?>> entries = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.add(new TestEntry((String) keysAndValues[i], keysAndValues[i + 1]));
    }
    return entries;
  }

  @Test
  void write_thenLoad_returnsTheValue() {
    writer.write(new TestEntry("k", "v"));
    assertEquals("v", loader.load("k"));
    writer.delete("k");
    assertEquals(null, loader.load("k"));
  }

  @Test
  void writeAll_isOneBatchAndEmptiesTheCollection() {
    List<Cache.Entry<? extends String, ?>> entries = entries("a", 1, "b", 2, "a", 3);
    writer.writeAll(entries);
    assertEquals(List.of(), entries);
    assertEquals(List.of("putAll"), store.calls);
    assertEquals(Map.of("a", 3, "b", 2), archive.getAll(Set.of("a", "b")));
  }

  @Test
  void writeAll_thatFailsForSome_leavesExactlyThose() {
    store.fail("b");
    store.fail("d");
    List<Cache.Entry<? extends String, ?>> entries = entries("a", 1, "b", 2, "c", 3, "d", 4);
    CacheWriterException thrown =
        assertThrows(CacheWriterException.class, () -> writer.writeAll(entries));
    assertInstanceOf(ArchiveException.class, thrown.getCause());
    assertTrue(thrown.getMessage().startsWith("2 of 4 keys failed"), thrown.getMessage());
    assertEquals(entries("b", 2, "d", 4), entries);
    assertEquals(Map.of("a", 1, "c", 3), archive.getAll(Set.of("a", "c")));
  }

  @Test
  void writeAll_withAValueThatCantBeEncoded_leavesExactlyThat() {
    Object unwritable = Thread.currentThread();
    List<Cache.Entry<? extends String, ?>> entries = entries("a", 1, "b", unwritable, "c", 3);
    assertThrows(CacheWriterException.class, () -> writer.writeAll(entries));
    assertEquals(entries("b", unwritable), entries);
    assertEquals(Set.of("a", "c"), archive.keys());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void writeAll_withAKeyOfAWrongType_writesNothing() {
    List entries = entries("a", 1);
    entries.add(
        new Cache.Entry<Long, Object>() {
          @Override
          public Long getKey() {
            return 1L;
          }

          @Override
          public Object getValue() {
            return 1;
          }

          @Override
          public <T> T unwrap(Class<T> type) {
            return type.cast(this);
          }
        });
    assertThrows(ClassCastException.class, () -> writer.writeAll(entries));
    assertEquals(2, entries.size());
    assertEquals(0, archive.size());
  }

  @Test
  void deleteAll_isOneBatchAndEmptiesTheCollection() {
    archive.putAll(Map.of("a", 1, "b", 2, "c", 3));
    store.calls.clear();
    Set<Object> keys = new HashSet<>(Set.of("a", "b", "absent"));
    writer.deleteAll(keys);
    assertEquals(Set.of(), keys);
    assertEquals(List.of("removeAll"), store.calls);
    assertEquals(Set.of("c"), archive.keys());
  }

  @Test
  void deleteAll_thatFailsForSome_leavesExactlyThose() {
    archive.putAll(Map.of("a", 1, "b", 2, "c", 3));
    store.fail("b");
    List<Object> keys = new ArrayList<>(List.of("a", "b", "c"));
    assertThrows(CacheWriterException.class, () -> writer.deleteAll(keys));
    assertEquals(List.of("b"), keys);
    assertFalse(archive.contains("a"));
    assertFalse(archive.contains("c"));
  }

  @Test
  void singleCalls_thatFail_haveTheArchivesExceptionAsCause() {
    store.fail("k");
    CacheWriterException write =
        assertThrows(CacheWriterException.class, () -> writer.write(new TestEntry("k", 1)));
    assertInstanceOf(ArchiveException.class, write.getCause());
    assertThrows(CacheWriterException.class, () -> writer.delete("k"));
    CacheLoaderException load = assertThrows(CacheLoaderException.class, () -> loader.load("k"));
    assertInstanceOf(ArchiveException.class, load.getCause());
    assertThrows(CacheLoaderException.class, () -> loader.loadAll(List.of("k")));
  }

  @Test
  void loadAll_isOneBatchOfWhatIsThere() {
    archive.putAll(Map.of("a", 1, "b", 2));
    store.calls.clear();
    assertEquals(Map.of("a", 1, "b", 2), loader.loadAll(List.of("a", "absent", "b", "a")));
    assertEquals(List.of("getAll"), store.calls);
  }

  @Test
  void close_ofAWriterOverAnArchive_leavesItOpen() {
    writer.close();
    loader.close();
    assertEquals(0, archive.size());
  }

  @Test
  void factories_openTheArchiveAndCloseTheirOwn() {
    URI location = URI.create("dict:factories-" + UUID.randomUUID());
    Factory<ArchiveWriter<String, Object>> writers = ArchiveWriter.factory(location, CONFIGURATION);
    Factory<ArchiveLoader<String, Object>> loaders = ArchiveLoader.factory(location, CONFIGURATION);
    ArchiveLoader<String, Object> loaded = loaders.create();
    try (ArchiveWriter<String, Object> written = writers.create()) {
      written.write(new TestEntry("k", "v"));
      assertEquals("v", loaded.load("k"));
      loaded.close();
      assertThrows(IllegalStateException.class, () -> loaded.load("k"));
      written.write(new TestEntry("k", "w"));
    }
    Archives.open(location, CONFIGURATION).drop();
  }

  @Test
  void factories_surviveSerialization() throws Exception {
    URI location = URI.create("dict:factories-" + UUID.randomUUID());
    Factory<ArchiveLoader<String, Object>> loaders = ArchiveLoader.factory(location, CONFIGURATION);
    assertEquals(loaders, copied(loaders));
    assertEquals(
        ArchiveWriter.factory(location, CONFIGURATION),
        copied(ArchiveWriter.factory(location, CONFIGURATION)));
    try (ArchiveLoader<String, Object> loaded = copied(loaders).create()) {
      assertEquals(Map.of(), loaded.loadAll(List.of("k")));
    }
    Archives.open(location, CONFIGURATION).drop();
  }

  @SuppressWarnings("unchecked") // a copy has the type of what is copied
  static <T> T copied(T object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @Test
  void factories_doNotShowPasswords() {
    URI location = URI.create("nosuch://me:hush@host/path?password=hush");
    Factory<ArchiveLoader<String, Object>> loaders = ArchiveLoader.factory(location, CONFIGURATION);
    assertFalse(loaders.toString().contains("hush"), loaders.toString());
    assertFalse(ArchiveWriter.factory(location, CONFIGURATION).toString().contains("hush"));
    ArchiveException refused = assertThrows(ArchiveException.class, loaders::create);
    assertFalse(refused.getMessage().contains("hush"), refused.getMessage());
  }
}
