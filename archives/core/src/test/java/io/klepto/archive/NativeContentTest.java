package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.codec.RawCodec;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class NativeContentTest {
  private static final RecordTimes TIMES = RecordTimes.expiringAfter(1, 2);
  private static final byte[] NO_KEY = {};

  private static RecordContent raw(int version, byte[] payload) {
    return new RecordContent(3, version, TIMES, payload);
  }

  @Test
  void value_ofItsContent_isTheValue() {
    Object[] values = {
      true,
      'c',
      (byte) 1,
      (short) 2,
      3,
      4L,
      5f,
      6d,
      "a\0ß",
      BigInteger.TEN,
      BigDecimal.TEN,
      new byte[0],
      new boolean[1],
      new char[] {'x'},
      new double[][] {{1}, {2}},
      new String[] {"s"}
    };
    for (Object value : values) {
      RecordContent content = NativeContent.of(value, TIMES);
      Object found = NativeContent.value(content).orElseThrow();
      assertTrue(Arrays.deepEquals(new Object[] {value}, new Object[] {found}), value.toString());
      assertEquals(content, NativeContent.of(found, TIMES));
    }
  }

  @Test
  void of_whatIsNoNativeValue_isRefusedByName() {
    for (Object value : List.of(List.of(1), new int[][] {{1}, {}}, ByteBuffer.allocate(1))) {
      ArchiveException e =
          assertThrows(ArchiveException.class, () -> NativeContent.of(value, TIMES));
      assertTrue(e.getMessage().contains("kryo") || e.getMessage().contains("bytes"));
    }
  }

  @Test
  void value_ofOtherContents_isEmpty() {
    byte[] value = new RawCodec().encode("v");
    byte[] payload = PayloadV1.join(NO_KEY, value);
    assertTrue(NativeContent.value(raw(2, payload)).isPresent());
    assertEquals(Optional.empty(), NativeContent.value(raw(1, payload)), "version 1");
    assertEquals(Optional.empty(), NativeContent.value(raw(3, payload)), "a later version");
    assertEquals(
        Optional.empty(),
        NativeContent.value(new RecordContent(1, 2, TIMES, payload)),
        "another codec");
    assertEquals(
        Optional.empty(),
        NativeContent.value(raw(2, PayloadV1.join(new byte[] {1}, value))),
        "a key of its own");
    byte[] buffer = new RawCodec().encode(ByteBuffer.allocate(1));
    assertEquals(
        Optional.empty(), NativeContent.value(raw(2, PayloadV1.join(NO_KEY, buffer))), "a buffer");
    for (int length = 0; length < 6; length++) {
      byte[] cut = Arrays.copyOf(payload, length);
      assertEquals(Optional.empty(), NativeContent.value(raw(2, cut)), "length " + length);
    }
  }

  /** A store may keep the value alone: what has one is rebuilt from it byte for byte. */
  @Test
  void of_theValueOfAnyBytes_isTheSameContent(TestReporter reporter) {
    long seed = System.nanoTime();
    reporter.publishEntry("seed", Long.toString(seed));
    Random random = new Random(seed);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = new byte[5 + random.nextInt(20)];
      random.nextBytes(payload);
      payload[0] = 1;
      Arrays.fill(payload, 1, 5, (byte) 0);
      if (payload.length > 5) {
        payload[5] = (byte) random.nextInt(14);
      }
      RecordContent content = raw(2, payload);
      Optional<Object> value = NativeContent.value(content);
      if (value.isPresent()) {
        found++;
        assertEquals(content, NativeContent.of(value.get(), TIMES), () -> "seed " + seed);
      }
    }
    assertTrue(found > 1_000, "found " + found);
  }
}
