package io.klepto.archive.dir;

import static io.klepto.archive.dir.DirTestStore.content;
import static io.klepto.archive.dir.DirTestStore.key;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.Archives;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.compress.Compression;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.MappedRecord;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compression, and values that are read where they lie. */
final class EnvelopeFormatTest {
  private static final KeyBytes KEY = key(1);
  private static final int PACKING_OFFSET = 5;

  @TempDir Path folder;
  private final DirTestStore test;

  EnvelopeFormatTest(@TempDir Path container) {
    this.test = new DirTestStore(container, new FailingFiles.Fault());
  }

  private static RecordContent compressible() {
    return content("all work and no play makes jack a dull boy. ".repeat(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "zstd", "lz4"})
  void compressed_isSmaller_andReadByStoresOfEverySetting(String compression) throws Exception {
    try (DirStore store = test.open(Map.of("compression", compression))) {
      store.put(KEY, compressible());
      assertEquals(compressible(), store.get(KEY).content());
    }
    assertTrue(Files.size(test.fileOf(KEY)) < 2_000, Files.size(test.fileOf(KEY)) + " bytes");
    for (String other : new String[] {"none", "deflate", "zstd", "lz4"}) {
      try (DirStore store = test.open(Map.of("compression", other))) {
        StoreRecord record = store.get(KEY);
        assertEquals(compressible(), record.content());
        assertTrue(store.touch(KEY, record.version(), content("").times()));
        assertTrue(store.contains(KEY));
        assertTrue(store.verify(false).isSound());
        store.put(key(2), store.get(KEY).content());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void packing_standsInTheRecord(Compression compression) throws Exception {
    String setting = compression.name().toLowerCase(Locale.ROOT);
    try (DirStore store = test.open(Map.of("compression", setting))) {
      store.put(KEY, compressible());
    }
    assertEquals(compression.id(), Files.readAllBytes(test.fileOf(KEY))[PACKING_OFFSET]);
  }

  @Test
  void incompressible_isKeptAsItIs() throws Exception {
    byte[] noise = new byte[10_000];
    new Random(1).nextBytes(noise);
    try (DirStore store = test.open(Map.of("compression", "zstd"))) {
      store.put(KEY, content(noise));
      assertEquals(content(noise), store.get(KEY).content());
    }
    byte[] file = Files.readAllBytes(test.fileOf(KEY));
    assertEquals(EnvelopeV1.PLAIN, file[PACKING_OFFSET]);
    assertEquals(EnvelopeV1.OVERHEAD_BYTES + KEY.length() + noise.length, file.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "zstd", "lz4"})
  void compressed_withAnyByteFlippedOrCutAnywhere_isDamage(String compression) throws Exception {
    try (DirStore store = test.open(Map.of("compression", compression, "map-from-bytes", "1"))) {
      store.put(KEY, content("a".repeat(300)));
      Path file = test.fileOf(KEY);
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < whole.length; i++) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) 0xFF;
        Files.write(file, flipped);
        assertDamaged(store);
        Files.write(file, Arrays.copyOf(whole, i));
        assertDamaged(store);
      }
    }
  }

  private static void assertDamaged(DirStore store) {
    assertThrows(DamagedRecordException.class, () -> store.get(KEY));
    assertThrows(DamagedRecordException.class, () -> store.map(KEY));
    assertThrows(DamagedRecordException.class, () -> store.contains(KEY));
    assertFalse(store.verify(false).isSound());
  }

  @Test
  void unpackable_thoughItsChecksumsFit_isDamage() throws Exception {
    try (DirStore store = test.open(Map.of())) {
      store.put(KEY, content("not packed at all"));
      StoreRecord record = store.get(KEY);
      for (Compression claimed :
          new Compression[] {Compression.DEFLATE, Compression.ZSTD, Compression.LZ4}) {
        Files.write(test.fileOf(KEY), EnvelopeV1.encode(record, claimed.id()));
        assertThrows(DamagedRecordException.class, () -> store.get(KEY));
        assertFalse(store.verify(false).isSound());
      }
    }
  }

  @Test
  void packingOfANewerRelease_isRefused_andNotSetAside() throws Exception {
    try (DirStore store = test.open(Map.of())) {
      store.put(KEY, content("value"));
      Files.write(test.fileOf(KEY), EnvelopeV1.encode(store.get(KEY), 99));
      ArchiveException refused = assertThrows(ArchiveException.class, () -> store.get(KEY));
      assertEquals(ArchiveException.class, refused.getClass());
      assertTrue(refused.getMessage().contains("found 99"), refused.getMessage());
      assertEquals(0, store.verify(true).setAside().size());
      assertTrue(Files.exists(test.fileOf(KEY)));
    }
  }

  @Test
  void unknownSetting_isRefusedWithTheNearest() {
    ArchiveException refused =
        assertThrows(ArchiveException.class, () -> test.open(Map.of("compresion", "zstd")));
    assertTrue(refused.getMessage().contains("did you mean compression?"), refused.getMessage());
    assertThrows(ArchiveException.class, () -> test.open(Map.of("map-from-bytes", "-1")));
  }

  @Test
  void map_givesTheFileItself_fromTheSizeThatIsSet() throws Exception {
    try (DirStore store = test.open(Map.of("map-from-bytes", "1000"))) {
      assertTrue(store.capabilities().contains(Capability.MAPPED_VALUES));
      byte[] small = new byte[100];
      byte[] large = new byte[5_000];
      Arrays.fill(large, (byte) 7);
      store.put(key(1), content(small));
      long version = store.put(key(2), content(large));
      assertFalse(store.map(key(1)).payload().isDirect());
      assertEquals(ByteBuffer.wrap(small), store.map(key(1)).payload());
      MappedRecord mapped = store.map(key(2));
      assertTrue(mapped.payload().isDirect() && mapped.payload().isReadOnly());
      assertEquals(ByteBuffer.wrap(large), mapped.payload());
      assertEquals(version, mapped.version());
      assertEquals(key(2), mapped.key());
      assertEquals(content(large).times(), mapped.times());
      assertEquals(null, store.map(key(3)));
      store.put(key(2), content(small));
      store.remove(key(2));
      store.compact();
      assertEquals(ByteBuffer.wrap(large), mapped.payload(), "after it was replaced and removed");
    }
  }

  @Test
  void map_ofACompressedRecord_isUnpackedInMemory() {
    try (DirStore store = test.open(Map.of("map-from-bytes", "1", "compression", "zstd"))) {
      store.put(KEY, compressible());
      MappedRecord record = store.map(KEY);
      assertFalse(record.payload().isDirect());
      assertEquals(ByteBuffer.wrap(compressible().payload()), record.payload());
    }
  }

  @Test
  void map_isOffUnlessSet() {
    try (DirStore store = test.open(Map.of())) {
      assertFalse(store.capabilities().contains(Capability.MAPPED_VALUES));
      store.put(KEY, compressible());
      assertFalse(store.map(KEY).payload().isDirect());
    }
  }

  private <V> Archive<String, V> archive(Class<V> type, String mapFromBytes) {
    URI location = URI.create("dir:" + folder.toUri().getRawPath());
    return Archives.open(
        location,
        ArchiveConfiguration.builder(String.class, type)
            .namespace(type.getTypeName())
            .setting("map-from-bytes", mapFromBytes)
            .build());
  }

  @Test
  void byteBuffer_isAReadOnlyViewOfTheFile() {
    try (Archive<String, ByteBuffer> archive = archive(ByteBuffer.class, "4096")) {
      ByteBuffer value = ByteBuffer.allocate(20_000);
      value.putDouble(8, Math.PI);
      archive.put("large", value);
      archive.put("small", ByteBuffer.wrap(new byte[] {1, 2}));
      ByteBuffer mapped = archive.get("large");
      assertTrue(mapped.isDirect() && mapped.isReadOnly());
      assertEquals(value, mapped);
      assertEquals(Math.PI, mapped.getDouble(8));
      assertTrue(archive.entry("large").value().isDirect());
      assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), archive.get("small"));
      archive.put("large", ByteBuffer.wrap(new byte[] {3}));
      assertEquals(value, mapped);
    }
  }

  @Test
  void primitiveArrays_comeStraightOutOfTheFile() {
    try (Archive<String, double[]> archive = archive(double[].class, "4096")) {
      double[] value = new Random(3).doubles(50_000).toArray();
      archive.put("large", value);
      archive.put("small", new double[] {1, 2});
      assertArrayEquals(value, archive.get("large"));
      assertArrayEquals(value, archive.entry("large").value());
      assertArrayEquals(new double[] {1, 2}, archive.get("small"));
    }
  }

  @Test
  void damagedMappedValue_isDamageThatNamesTheKey() throws Exception {
    try (Archive<String, ByteBuffer> archive = archive(ByteBuffer.class, "1")) {
      archive.put("large", ByteBuffer.allocate(20_000));
      Path file =
          DirLayout.of(folder, ByteBuffer.class.getTypeName(), "")
              .record(archive.keyBytes("large").sha256Hex());
      byte[] bytes = Files.readAllBytes(file);
      bytes[10_000] ^= 1;
      // Not in place: somebody may have it mapped.
      Files.write(folder.resolve("damaged"), bytes);
      Files.move(folder.resolve("damaged"), file, StandardCopyOption.REPLACE_EXISTING);
      DamagedRecordException damage =
          assertThrows(DamagedRecordException.class, () -> archive.get("large"));
      assertTrue(damage.getMessage().contains("key \"large\""), damage.getMessage());
      assertTrue(damage.getMessage().contains(File.separator), damage.getMessage());
    }
  }
}
