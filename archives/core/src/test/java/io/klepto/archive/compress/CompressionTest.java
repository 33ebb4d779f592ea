package io.klepto.archive.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.SettingsReader;
import io.klepto.archive.store.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CompressionTest {
  /** Written once and kept: what is on users' disks. All hold 100 bytes of 7. */
  private static final Map<Compression, String> GOLDEN =
      Map.of(
          Compression.DEFLATE, "000000646367a73d0000",
          Compression.ZSTD, "0000006428b52ffd206445000010070701003f012c",
          Compression.LZ4, "000000641f0701004b500707070707");

  private static byte[] sevens() {
    byte[] sevens = new byte[100];
    Arrays.fill(sevens, (byte) 7);
    return sevens;
  }

  private static byte[] text(Random random, int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(4));
    }
    return text;
  }

  private static byte[] noise(Random random, int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] unpack(Compression compression, byte[] packed) throws DataFormatException {
    return compression.unpack(packed, 0, packed.length);
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"DEFLATE", "ZSTD", "LZ4"})
  void unpack_readsTheBytesOfTheFormat(Compression compression) throws Exception {
    byte[] golden = HexFormat.of().parseHex(GOLDEN.get(compression));
    assertArrayEquals(sevens(), unpack(compression, golden));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"DEFLATE", "ZSTD", "LZ4"})
  void unpack_ofWhatWasPacked_givesThePayload(Compression compression) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      byte[] payload = text(random, 1_000 + random.nextInt(20_000));
      byte[] packed = compression.pack(payload).orElseThrow();
      assertTrue(packed.length < payload.length, "seed " + seed);
      byte[] within = new byte[packed.length + 7];
      System.arraycopy(packed, 0, within, 3, packed.length);
      assertArrayEquals(payload, compression.unpack(within, 3, packed.length), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void pack_ofWhatGetsNoSmaller_givesNothing(Compression compression) {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 63, 64, 1_000, 16 << 10, 100_000, 1 << 20}) {
      assertEquals(Optional.empty(), compression.pack(noise(random, length)), length + " bytes");
    }
    assertEquals(Optional.empty(), compression.pack(new byte[Compression.LEAST_BYTES - 1]));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"DEFLATE", "ZSTD", "LZ4"})
  void unpack_ofTheMostThatAnyPackingGives_isNotTakenForHostile(Compression compression)
      throws Exception {
    byte[] zeros = new byte[8 << 20];
    byte[] packed = compression.pack(zeros).orElseThrow();
    assertTrue(packed.length < zeros.length / 200, packed.length + " bytes");
    assertArrayEquals(zeros, unpack(compression, packed));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"DEFLATE", "ZSTD", "LZ4"})
  void unpack_ofALengthThatSoFewBytesCantHold_isRefusedBeforeItIsAllocated(
      Compression compression) {
    byte[] packed = compression.pack(sevens()).orElseThrow();
    for (int claimed : new int[] {Integer.MAX_VALUE, 1 << 30, -1, Integer.MIN_VALUE}) {
      ByteBuffer.wrap(packed).putInt(claimed);
      DataFormatException refused =
          assertThrows(DataFormatException.class, () -> unpack(compression, packed));
      assertTrue(refused.getMessage().contains("found " + claimed), refused.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"DEFLATE", "ZSTD", "LZ4"})
  void unpack_ofAWrongLengthOrCutBytes_isRefused(Compression compression) {
    byte[] packed = compression.pack(text(new Random(2), 5_000)).orElseThrow();
    for (int claimed : new int[] {0, 1, 4_999, 5_001}) {
      byte[] wrong = packed.clone();
      ByteBuffer.wrap(wrong).putInt(claimed);
      assertThrows(DataFormatException.class, () -> unpack(compression, wrong), claimed + " bytes");
    }
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThrows(DataFormatException.class, () -> unpack(compression, cut), length + " bytes");
    }
    byte[] longer = Arrays.copyOf(packed, packed.length + 1);
    assertThrows(DataFormatException.class, () -> unpack(compression, longer));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"DEFLATE", "ZSTD", "LZ4"})
  void unpack_ofAnyBytes_givesSomethingOrIsRefused(Compression compression) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] packed = compression.pack(text(random, 3_000)).orElseThrow();
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] mutated = packed.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        mutated[Integer.BYTES + random.nextInt(mutated.length - Integer.BYTES)] =
            (byte) random.nextInt();
      }
      try {
        assertEquals(3_000, unpack(compression, mutated).length, "seed " + seed);
      } catch (DataFormatException e) {
        refused++;
      }
    }
    assertTrue(refused > 0, "seed " + seed);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void ofId_findsWhatARecordNames(Compression compression) {
    assertSame(compression, Compression.ofId(compression.id()).orElseThrow());
    assertEquals(Optional.empty(), Compression.ofId(200));
  }

  private static Compression of(Map<String, String> settings) {
    SettingsReader reader = StoreSettings.of(settings).reader("the store");
    Compression compression = Compression.of(reader);
    reader.requireNoneLeft();
    return compression;
  }

  @Test
  void of_theSetting_isNoneUnlessSet_andRefusesOtherNames() {
    assertSame(Compression.NONE, of(Map.of()));
    assertSame(Compression.LZ4, of(Map.of("compression", "lz4")));
    ArchiveException refused =
        assertThrows(ArchiveException.class, () -> of(Map.of("compression", "gzip")));
    assertTrue(
        refused.getMessage().contains("[none, deflate, zstd, lz4], found \"gzip\""),
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"zstd,com.github.luben:zstd-jni", "lz4,at.yawk.lz4:lz4-java"})
  void of_aSettingWhoseLibraryIsMissing_namesItsCoordinates(String name, String coordinates)
      throws Exception {
    Class<?> test = new WithoutLibraries().loadClass(CompressionTest.class.getName());
    Method choose = test.getDeclaredMethod("choose", String.class);
    choose.setAccessible(true);
    InvocationTargetException thrown =
        assertThrows(InvocationTargetException.class, () -> choose.invoke(null, name));
    String message = thrown.getCause().getMessage();
    assertTrue(message.contains("compression " + name + " needs " + coordinates), message);
    assertEquals("DEFLATE", choose.invoke(null, "deflate"));
  }

  /** Called through a class loader that does not see the libraries. */
  static String choose(String name) {
    return of(Map.of("compression", name)).name();
  }

  /** Defines our classes anew, and finds no library that may be missing. */
  private static final class WithoutLibraries extends ClassLoader {
    WithoutLibraries() {
      super(CompressionTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.github.luben.") || name.startsWith("net.jpountz.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.klepto.archive.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
