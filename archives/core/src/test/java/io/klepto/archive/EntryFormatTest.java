package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.MappedRecord;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EntryFormatTest {
  private static final RecordTimes TIMES = RecordTimes.eternal(1);
  private static final int KRYO = 1;
  private static final int JAVA = 2;
  private static final int RAW = 3;

  private static EntryFormat<Object, Object> format(String codec, Capability... capabilities) {
    ArchiveConfiguration<Object, Object> configuration =
        ArchiveConfiguration.builder(Object.class, Object.class).codec(codec).build();
    return new EntryFormat<>(
        "test", configuration, new RecordCodecs(configuration), Set.of(capabilities));
  }

  private static RecordContent content(
      EntryFormat<Object, Object> format, Object key, Object value) {
    RecordContent content = format.content(key, format.keyBytes(key), value, TIMES);
    StoreRecord record = new StoreRecord(format.keyBytes(key), 1, content);
    assertEquals(key, format.key(record));
    Object[] back = {format.value(record)};
    assertTrue(Arrays.deepEquals(new Object[] {value}, back), () -> Arrays.deepToString(back));
    return content;
  }

  @Test
  void foreignReadableStore_getsNativeEntriesRaw_whateverTheCodec() {
    for (String codec : List.of("kryo", "java")) {
      EntryFormat<Object, Object> format = format(codec, Capability.FOREIGN_READABLE);
      for (Object value : new Object[] {"v", 1, 2.5, new double[][] {{1}, {2}}, new String[0]}) {
        RecordContent content = content(format, "k", value);
        assertEquals(RAW, content.codecId());
        assertEquals(NativeContent.of(value, TIMES), content);
        assertTrue(NativeContent.value(content).isPresent());
      }
    }
  }

  @Test
  void foreignReadableStore_getsOtherEntriesByTheCodec() {
    EntryFormat<Object, Object> format = format("java", Capability.FOREIGN_READABLE);
    assertEquals(JAVA, content(format, "k", List.of(1)).codecId(), "an object");
    assertEquals(JAVA, content(format, "k", new int[][] {{1}, {}}).codecId(), "a ragged array");
    assertEquals(JAVA, content(format, "k", "\uD800").codecId(), "half a character");
    RecordContent underList = content(format, List.of(1), "v");
    assertEquals(JAVA, underList.codecId(), "a key that stands in the payload");
    assertEquals(Optional.empty(), NativeContent.value(underList));
  }

  @Test
  void otherStores_getAllEntriesByTheCodec() {
    EntryFormat<Object, Object> format = format("kryo", Capability.PERSISTENT);
    assertEquals(KRYO, content(format, "k", "v").codecId());
    assertEquals(KRYO, content(format, "k", new double[1]).codecId());
  }

  @Test
  void mappingStore_getsBuffersAndArraysOfPrimitivesRaw() {
    EntryFormat<Object, Object> format = format("kryo", Capability.MAPPED_VALUES);
    assertEquals(RAW, content(format, "k", ByteBuffer.allocate(3)).codecId());
    assertEquals(RAW, content(format, "k", new byte[3]).codecId());
    assertEquals(RAW, content(format, "k", new double[3]).codecId());
    assertEquals(KRYO, content(format, "k", "v").codecId());
    assertEquals(KRYO, content(format, List.of(1), new double[3]).codecId());
    assertEquals(KRYO, content(format, List.of(1), ByteBuffer.allocate(3)).codecId());
  }

  @Test
  void value_inABuffer_isDecodedFromThere() {
    EntryFormat<Object, Object> format = format("kryo", Capability.MAPPED_VALUES);
    KeyBytes key = format.keyBytes("k");
    double[] doubles = {1, 2, Double.NaN};
    assertArrayEquals(doubles, (double[]) inBuffer(format, key, doubles));
    assertEquals(List.of(1), inBuffer(format, key, List.of(1)));
    ByteBuffer bytes = (ByteBuffer) inBuffer(format, key, ByteBuffer.wrap(new byte[] {7}));
    assertTrue(bytes.isDirect() && bytes.isReadOnly());
    assertEquals(ByteBuffer.wrap(new byte[] {7}), bytes);
  }

  private static Object inBuffer(EntryFormat<Object, Object> format, KeyBytes key, Object value) {
    RecordContent content = format.content("k", key, value, TIMES);
    ByteBuffer file = ByteBuffer.allocateDirect(content.payload().length + 9);
    file.position(5).put(content.payload()).limit(file.position()).position(5);
    return format.value(
        new MappedRecord(key, 1, content.codecId(), content.codecVersion(), TIMES, file));
  }

  @Test
  void value_inABufferThatIsNoPayload_isDamageThatNamesTheKey() {
    EntryFormat<Object, Object> format = format("kryo", Capability.MAPPED_VALUES);
    KeyBytes key = format.keyBytes("some key");
    MappedRecord record = new MappedRecord(key, 1, RAW, 2, TIMES, ByteBuffer.allocateDirect(4));
    DamagedRecordException e =
        assertThrows(DamagedRecordException.class, () -> format.value(record));
    assertTrue(e.getMessage().contains("some key"), e.getMessage());
  }
}
