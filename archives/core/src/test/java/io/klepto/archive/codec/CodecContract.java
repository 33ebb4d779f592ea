package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.klepto.archive.ArchiveException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every {@link Codec} promises. A codec's test says what it claims to encode. */
abstract class CodecContract {
  static CodecOptions options(Class<?> declared, String... patterns) {
    return new CodecOptions(
        ClassAllowList.of(List.of(declared), List.of(patterns)),
        CodecContract.class.getClassLoader());
  }

  /** Returns the codec, for the declared type of this package. */
  abstract Codec codec();

  /** Returns what the codec claims to encode, by name. */
  abstract Map<String, Object> samples();

  /** Returns a class that the codec must refuse, and a value of it, or null if there is none. */
  abstract Object refused();

  /** Returns how often each of many threads takes all samples there and back. */
  int rounds() {
    return 5;
  }

  @TestFactory
  Stream<DynamicTest> decode_ofEncoded_isEqual() {
    Codec codec = codec();
    return samples().entrySet().stream()
        .map(
            sample ->
                dynamicTest(
                    sample.getKey(),
                    () ->
                        Same.assertSame(
                            sample.getKey(),
                            sample.getValue(),
                            roundTrip(codec, sample.getValue()))));
  }

  static Object roundTrip(Codec codec, Object value) {
    byte[] bytes = codec.encode(value);
    byte[] padded = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, padded, 3, bytes.length);
    byte[] before = padded.clone();
    Object decoded = codec.decode(codec.version(), padded, 3, bytes.length);
    assertArrayEquals(before, padded, "the codec must not write to its input");
    return decoded;
  }

  @Test
  void encode_null_throwsNullPointerException() {
    assertThrows(NullPointerException.class, () -> codec().encode(null));
  }

  @Test
  void decode_unknownVersion_isRefused() {
    byte[] bytes = codec().encode("x");
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> codec().decode(99, bytes, 0, bytes.length));
    assertTrue(e.getMessage().contains("version 99"), e.getMessage());
  }

  @Test
  void decode_nothing_isRefused() {
    assertThrows(
        ArchiveException.class, () -> codec().decode(codec().version(), new byte[5], 2, 0));
  }

  @Test
  void decode_rangeOutsideArray_throwsIndexOutOfBounds() {
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> codec().decode(codec().version(), new byte[5], 3, 3));
  }

  @Test
  void decode_trailingByte_isRefused() {
    for (Object value : List.of("text", 1, 2L)) {
      byte[] bytes = codec().encode(value);
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      longer[bytes.length] = (byte) 0xFF;
      assertThrows(
          ArchiveException.class,
          () -> codec().decode(codec().version(), longer, 0, longer.length));
    }
  }

  @Test
  void ofRecord_itsId_decodesWhatItEncoded() {
    Codec codec = codec();
    byte[] bytes = codec.encode("x");
    Codec again = Codecs.ofRecord(codec.id(), options(CodecContract.class));
    assertEquals("x", again.decode(codec.version(), bytes, 0, bytes.length));
    assertEquals(codec.name(), again.name());
  }

  @Test
  void encode_refusedClass_namesTheClass() {
    Object refused = refused();
    ArchiveException e = assertThrows(ArchiveException.class, () -> codec().encode(refused));
    assertTrue(e.getMessage().contains(refused.getClass().getName()), e.getMessage());
  }

  @Test
  void roundTrips_manyThreads_areEqual() throws Exception {
    Codec codec = codec();
    Map<String, Object> samples = samples();
    samples.remove("many bytes");
    samples.remove("deep list");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Void> work =
          () -> {
            for (int round = 0; round < rounds(); round++) {
              samples.forEach(
                  (name, value) -> {
                    if (!name.startsWith("exception")) {
                      Same.assertSame(name, value, roundTrip(codec, value));
                    }
                    assertThrows(
                        ArchiveException.class,
                        () -> codec.decode(codec.version(), new byte[] {127, 1, 2}, 0, 3));
                  });
            }
            return null;
          };
      List<Future<Void>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(work));
      }
      for (Future<Void> result : results) {
        assertNull(result.get(5, TimeUnit.MINUTES));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
