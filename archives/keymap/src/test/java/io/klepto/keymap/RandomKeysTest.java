package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random keys, each with a description that says what it is without ambiguity: bytes are equal
 * exactly if descriptions are.
 */
class RandomKeysTest {
  private static final CanonicalEncoder ENCODER = CanonicalEncoder.standard();
  private static final int KEYS = 300_000;

  record Pair(Object first, Object second) {}

  /** A key that can be built again and again, each time in another way. */
  private record Recipe(String description, Supplier<Object> builder) {}

  private final Random random;
  private final long seed = System.nanoTime();

  RandomKeysTest() {
    this.random = new Random(seed);
  }

  @Test
  void encode_randomKeys_giveEqualBytesExactlyIfTheyAreEqual() {
    System.out.println("RandomKeysTest seed " + seed);
    Map<KeyBytes, String> descriptions = new HashMap<>();
    Set<String> distinct = new HashSet<>();
    for (int i = 0; i < KEYS; i++) {
      Recipe recipe = recipe(3);
      KeyBytes bytes = ENCODER.encode(recipe.builder().get());
      String other = descriptions.putIfAbsent(bytes, recipe.description());
      if (other != null) {
        assertEquals(other, recipe.description(), () -> "same bytes, seed " + seed);
      }
      distinct.add(recipe.description());
      if (i % 8 == 0) {
        Object again = recipe.builder().get();
        assertEquals(bytes, ENCODER.encode(again), () -> recipe.description() + ", seed " + seed);
      }
    }
    assertEquals(distinct.size(), descriptions.size(), () -> "distinct keys, seed " + seed);
    assertTrue(distinct.size() > KEYS / 2, () -> distinct.size() + " keys, seed " + seed);
  }

  @Test
  void texts_ofRandomKeys_areEqualExactlyIfTheirBytesAre() {
    System.out.println("RandomKeysTest of texts, seed " + seed);
    Map<String, KeyBytes> byText = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      KeyBytes bytes = ENCODER.encode(recipe(3).builder().get());
      String text = KeyText.of(bytes);
      KeyBytes other = byText.putIfAbsent(text, bytes);
      if (other != null) {
        assertEquals(other, bytes, () -> text + " twice, seed " + seed);
      }
    }
  }

  /** Ten million different values of many types, no two with one digest of their bytes. */
  @Test
  @Tag("soak")
  void tenMillionDistinctKeys_haveDistinctBytes() {
    System.out.println("RandomKeysTest of ten million, seed " + seed);
    long[] digests = new long[10_000_000];
    int count = 0;
    while (count < digests.length) {
      int number = random.nextInt();
      int kind = count % 5;
      Object key =
          switch (kind) {
            case 0 -> (long) count << 32 | Integer.toUnsignedLong(number);
            case 1 -> count + ":" + number;
            case 2 -> List.of(count, number);
            case 3 -> new Pair(number, count);
            default -> (double) count;
          };
      digests[count++] = ByteBuffer.wrap(ENCODER.encode(key).sha256()).getLong();
    }
    Arrays.sort(digests);
    int shared = 0;
    for (int i = 1; i < digests.length; i++) {
      shared += digests[i] == digests[i - 1] ? 1 : 0;
    }
    // 64 bits of ten million digests: one pair by chance in some 370,000 runs.
    assertEquals(0, shared, () -> "keys that share bytes, seed " + seed);
  }

  @Test
  void encode_manyConsecutiveNumbersAndStrings_areDistinct() {
    Map<KeyBytes, Object> seen = new HashMap<>();
    for (int i = -50_000; i < 50_000; i++) {
      for (Object key : List.of(i, (long) i, Integer.toString(i), (double) i)) {
        assertNull(seen.put(ENCODER.encode(key), key));
      }
    }
  }

  private Recipe recipe(int depth) {
    int kind = random.nextInt(depth == 0 ? 12 : 20);
    return switch (kind) {
      case 12, 13 -> list(depth - 1);
      case 14 -> set(depth - 1);
      case 15 -> map(depth - 1);
      case 16 -> array(depth - 1);
      case 17 -> pair(depth - 1);
      case 18 -> optional(depth - 1);
      case 19 -> nested(depth - 1);
      default -> scalar(kind);
    };
  }

  private Recipe scalar(int kind) {
    int number = random.nextInt(random.nextBoolean() ? 4 : 1 << 20) - 1;
    return switch (kind) {
      case 0 -> constant("int", number);
      case 1 -> constant("long", random.nextInt(4) == 0 ? random.nextLong() : number);
      case 2 -> constant("double", random.nextBoolean() ? number : random.nextGaussian());
      case 3 -> constant("float", (float) number);
      case 4 -> constant("BigInteger", BigInteger.valueOf(number).shiftLeft(random.nextInt(90)));
      case 5 -> constant("BigDecimal", BigDecimal.valueOf(number, random.nextInt(3)));
      case 6 -> constant("UUID", new UUID(number, random.nextInt(3)));
      case 7 -> constant("LocalDate", LocalDate.ofEpochDay(number));
      case 8 -> constant("Instant", Instant.ofEpochSecond(number, random.nextInt(2)));
      case 9 -> constant("char", (char) number);
      default -> string();
    };
  }

  private static Recipe constant(String type, Object value) {
    String text =
        value instanceof BigDecimal decimal
            ? decimal.unscaledValue() + "e" + decimal.scale()
            : value instanceof Character c ? Integer.toString(c) : value.toString();
    return new Recipe(type + " " + text, () -> value);
  }

  /** Draws from few characters, so that strings meet; surrogates meet in and out of order. */
  private Recipe string() {
    String alphabet = "ab?1\0\u00e9\ufffd\ud83d\ude00";
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(8); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    String value = text.toString();
    String units = value.chars().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    return new Recipe("string " + units + ";", () -> new String(value.toCharArray()));
  }

  private List<Recipe> recipes(int depth) {
    List<Recipe> recipes = new ArrayList<>();
    for (int length = random.nextInt(4); length > 0; length--) {
      recipes.add(recipe(depth));
    }
    return recipes;
  }

  private List<Recipe> distinctRecipes(int depth) {
    Map<String, Recipe> distinct = new TreeMap<>();
    recipes(depth).forEach(recipe -> distinct.put(recipe.description(), recipe));
    return new ArrayList<>(distinct.values());
  }

  private static String describe(String kind, List<Recipe> parts) {
    return parts.stream()
        .map(Recipe::description)
        .collect(Collectors.joining(", ", kind + "[", "]"));
  }

  private static List<Object> build(List<Recipe> parts) {
    List<Object> built = new ArrayList<>();
    parts.forEach(part -> built.add(part.builder().get()));
    return built;
  }

  private Recipe list(int depth) {
    List<Recipe> parts = recipes(depth);
    return new Recipe(
        describe("list", parts),
        () ->
            switch (random.nextInt(3)) {
              case 0 -> build(parts);
              case 1 -> List.copyOf(build(parts));
              default -> Collections.unmodifiableList(build(parts));
            });
  }

  private List<Recipe> shuffled(List<Recipe> parts) {
    List<Recipe> shuffled = new ArrayList<>(parts);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private Recipe set(int depth) {
    List<Recipe> parts = distinctRecipes(depth);
    return new Recipe(
        describe("set", parts),
        () ->
            random.nextBoolean()
                ? new HashSet<>(build(shuffled(parts)))
                : new LinkedHashSet<>(build(shuffled(parts))));
  }

  private Recipe map(int depth) {
    List<Recipe> keys = distinctRecipes(depth);
    Map<Recipe, Recipe> values = new LinkedHashMap<>();
    keys.forEach(key -> values.put(key, recipe(depth)));
    List<Recipe> flat = new ArrayList<>();
    values.forEach((key, value) -> Collections.addAll(flat, key, value));
    return new Recipe(
        describe("map", flat),
        () -> {
          Map<Object, Object> map = random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
          shuffled(keys)
              .forEach(key -> map.put(key.builder().get(), values.get(key).builder().get()));
          return map;
        });
  }

  private Recipe array(int depth) {
    List<Recipe> parts = recipes(depth);
    return new Recipe(describe("array", parts), () -> build(parts).toArray());
  }

  private Recipe pair(int depth) {
    List<Recipe> parts = List.of(recipe(depth), recipe(depth));
    return new Recipe(
        describe("pair", parts),
        () -> new Pair(parts.get(0).builder().get(), parts.get(1).builder().get()));
  }

  private Recipe optional(int depth) {
    Recipe part = recipe(depth);
    return new Recipe("optional " + part.description(), () -> Optional.of(part.builder().get()));
  }

  private Recipe nested(int depth) {
    Recipe part = recipe(depth);
    return new Recipe("list[" + part.description() + "]", () -> List.of(part.builder().get()));
  }
}
