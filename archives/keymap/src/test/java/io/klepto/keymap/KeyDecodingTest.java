package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyDecodingTest {
  private static final CanonicalEncoder ENCODER = CanonicalEncoder.standard();
  private static final int RANDOM_KEYS = 50_000;

  private static KeyBytes hex(String hex) {
    return KeyBytes.of(HexFormat.of().parseHex(hex));
  }

  @Test
  void decode_scalars_givesTheKeyBack() {
    for (Map.Entry<String, Object> sample : SampleKeys.scalars().entrySet()) {
      Object key = sample.getValue();
      Object decoded = ENCODER.decode(ENCODER.encode(key)).orElseThrow();
      assertEquals(key.getClass(), decoded.getClass(), sample.getKey());
      assertArrayEquals(new Object[] {key}, new Object[] {decoded}, sample.getKey());
    }
  }

  @Test
  void decode_otherKeys_isEmpty() {
    SampleKeys.all().keySet().stream()
        .filter(name -> !SampleKeys.scalars().containsKey(name))
        .forEach(
            name ->
                assertEquals(
                    Optional.empty(),
                    ENCODER.decode(ENCODER.encode(SampleKeys.all().get(name))),
                    name));
  }

  @Test
  void decode_array_isNotTheKeyItself() {
    byte[] key = {1, 2};
    assertNotSame(key, ENCODER.decode(ENCODER.encode(key)).orElseThrow());
  }

  @Test
  void decode_zoneOrCurrencyUnknownHere_isEmpty() {
    ByteSink zone = new ByteSink(100);
    zone.putByte(CanonicalFormatV1.VERSION);
    zone.putByte(CanonicalFormatV1.ZONE_REGION);
    zone.putString("Mars/Olympus_Mons");
    assertEquals(Optional.empty(), ENCODER.decode(KeyBytes.of(zone.toByteArray())));

    ByteSink currency = new ByteSink(100);
    currency.putByte(CanonicalFormatV1.VERSION);
    currency.putByte(CanonicalFormatV1.CURRENCY);
    currency.putString("QQQ");
    assertEquals(Optional.empty(), ENCODER.decode(KeyBytes.of(currency.toByteArray())));
  }

  @Test
  void decode_malformedBytes_isRefused() {
    Map<String, String> malformed =
        Map.ofEntries(
            Map.entry("no bytes", ""),
            Map.entry("no tag", "01"),
            Map.entry("another format", "020500000001"),
            Map.entry("null", "0100"),
            Map.entry("an unknown tag", "017f"),
            Map.entry("a negative tag", "01ff"),
            Map.entry("a short int", "0105000000"),
            Map.entry("a long int", "01050000000100"),
            Map.entry("a boolean of 2", "010102"),
            Map.entry("a second NaN", "0108fff8000000000000"),
            Map.entry("a length beyond the end", "01100361"),
            Map.entry("a length of 4 GiB", "0110ffffffff0f61"),
            Map.entry("a length of 6 bytes", "0110ffffffffff0f61"),
            Map.entry("a padded length", "0110810061"),
            Map.entry("no UTF-8", "011001ff"),
            Map.entry("UTF-16 without need", "0111010061"),
            Map.entry("an empty BigInteger", "010900"),
            Map.entry("a padded BigInteger", "0109020001"),
            Map.entry("a date that is none", "0122000007ea021e"),
            Map.entry("an Instant out of range", "01217fffffffffffffff00000000"),
            Map.entry("a Duration out of range", "01207fffffffffffffff7fffffff"),
            Map.entry("an offset out of range", "01257fffffff"),
            Map.entry("long[] with too large a count", "0135ffffffff070000"));
    malformed.forEach(
        (name, bytes) -> {
          KeyEncodingException e =
              assertThrows(KeyEncodingException.class, () -> ENCODER.decode(hex(bytes)), name);
          assertTrue(e.getMessage().startsWith("cannot decode key bytes " + bytes), e::toString);
          assertTrue(e.getMessage().contains("expected the canonical bytes of a key"), e::toString);
        });
  }

  @Test
  void decode_randomBytes_givesAKeyOfTheseBytesOrRefuses() {
    long seed = System.nanoTime();
    System.out.println("KeyDecodingTest.random seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_KEYS; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = CanonicalFormatV1.VERSION;
        bytes[1] = (byte) random.nextInt(0x58);
      }
      assertLawful(KeyBytes.of(bytes), seed);
    }
  }

  @Test
  void decode_mutatedBytes_givesAKeyOfTheseBytesOrRefuses() {
    long seed = System.nanoTime();
    System.out.println("KeyDecodingTest.mutated seed " + seed);
    Random random = new Random(seed);
    List<byte[]> samples = new ArrayList<>();
    SampleKeys.scalars().values().forEach(key -> samples.add(ENCODER.encode(key).bytes()));
    int decoded = 0;
    for (int i = 0; i < RANDOM_KEYS; i++) {
      byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
      decoded += assertLawful(KeyBytes.of(Arrays.copyOf(bytes, length)), seed) ? 1 : 0;
    }
    assertTrue(decoded > 500, "only " + decoded + " could be decoded");
  }

  private static boolean assertLawful(KeyBytes bytes, long seed) {
    Optional<Object> key;
    try {
      key = ENCODER.decode(bytes);
    } catch (KeyEncodingException e) {
      return false;
    }
    key.ifPresent(found -> assertEquals(bytes, ENCODER.encode(found), () -> "seed " + seed));
    return key.isPresent();
  }
}
