package io.klepto.keymap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {
  interface Shape {}

  interface Coloured {}

  record Square(int side) implements Shape {}

  record Sticker(int side) implements Shape, Coloured {}

  static class Animal {
    final String name;

    Animal(String name) {
      this.name = name;
    }
  }

  static class Dog extends Animal {
    Dog(String name) {
      super(name);
    }
  }

  private static final CanonicalEncoder CASELESS =
      CanonicalEncoder.builder()
          .register(String.class, text -> text.toLowerCase(Locale.ROOT))
          .build();

  private static <T> CanonicalEncoder with(Class<T> type, KeyEncoder<? super T> encoder) {
    return CanonicalEncoder.builder().register(type, encoder).build();
  }

  @Test
  void encode_registeredType_writesItsNameAndParts() {
    CanonicalEncoder encoder = with(AtomicLong.class, AtomicLong::get);
    KeyBytes bytes = encoder.encode(new AtomicLong(7));
    String name = HexFormat.of().formatHex(AtomicLong.class.getName().getBytes(US_ASCII));
    assertEquals(
        "01" + "53" + "1026" + name + "060000000000000007",
        HexFormat.of().formatHex(bytes.bytes()));
    assertEquals(bytes, encoder.encode(new AtomicLong(7)));
    assertNotEquals(bytes, encoder.encode(7L));
  }

  @Test
  void encode_subtypes_takeTheRuleAndTheNameOfTheRegisteredType() {
    CanonicalEncoder encoder = with(Animal.class, animal -> animal.name);
    assertEquals(encoder.encode(new Animal("a")), encoder.encode(new Dog("a")));
    assertNotEquals(encoder.encode(new Animal("a")), encoder.encode(new Dog("b")));
  }

  @Test
  void encode_severalTypesFit_theMostSpecificWins() {
    CanonicalEncoder encoder =
        CanonicalEncoder.builder()
            .register(Animal.class, animal -> "animal")
            .register(Dog.class, dog -> "dog")
            .register(Serializable.class, any -> "any")
            .build();
    assertEquals(encoder.encode(new Dog("a")), encoder.encode(new Dog("b")));
    assertNotEquals(encoder.encode(new Dog("a")), encoder.encode(new Animal("a")));
    assertFalse(encoder.isNatural(Integer.class));
  }

  @Test
  void encode_severalTypesOfEqualRight_isRefusedByName() {
    CanonicalEncoder encoder =
        CanonicalEncoder.builder()
            .register(Shape.class, shape -> 1)
            .register(Coloured.class, coloured -> 2)
            .build();
    assertEquals(encoder.encode(new Square(1)), encoder.encode(new Square(2)));
    KeyEncodingException e =
        assertThrows(KeyEncodingException.class, () -> encoder.encode(List.of(new Sticker(1))));
    assertTrue(e.getMessage().contains("element 0: class " + Sticker.class.getName()), e::toString);
    assertTrue(e.getMessage().contains(Coloured.class.getName()), e::toString);
    assertFalse(encoder.isNatural(Sticker.class));
  }

  @Test
  void encode_registrationOfABuiltInType_holdsEverywhere() {
    assertEquals(CASELESS.encode("KEY"), CASELESS.encode("key"));
    assertEquals(CASELESS.encode(List.of("A", 1)), CASELESS.encode(List.of("a", 1)));
    assertEquals(CASELESS.encode(Map.of("A", 1)), CASELESS.encode(Map.of("a", 1)));
    assertNotEquals(CASELESS.encode("key"), CanonicalEncoder.standard().encode("key"));
    assertEquals(CASELESS.encode(5), CanonicalEncoder.standard().encode(5));
    assertFalse(CASELESS.isNatural(String.class));
    assertTrue(CASELESS.isNatural(Integer.class));
  }

  @Test
  void encode_encoderThatReturnsTheKeyItself_usesTheBuiltInRule() {
    CanonicalEncoder same = with(Square.class, square -> square);
    assertNotEquals(same.encode(new Square(1)), same.encode(new Square(2)));
    CanonicalEncoder lists = with(List.class, list -> list);
    assertEquals(lists.encode(List.of(List.of(1))), lists.encode(List.of(List.of(1))));
  }

  @Test
  void encode_encoderThatReturnsNull_isRefused() {
    CanonicalEncoder encoder = with(Square.class, square -> null);
    KeyEncodingException e =
        assertThrows(KeyEncodingException.class, () -> encoder.encode(new Square(1)));
    assertTrue(e.getMessage().contains("expected parts, found null"), e::toString);
  }

  @Test
  void encode_encoderThatFails_isNamedAndKeptAsCause() {
    IllegalStateException cause = new IllegalStateException("no connection");
    CanonicalEncoder encoder =
        with(
            Square.class,
            square -> {
              throw cause;
            });
    KeyEncodingException e =
        assertThrows(KeyEncodingException.class, () -> encoder.encode(Optional.of(new Square(1))));
    assertSame(cause, e.getCause());
    assertTrue(
        e.getMessage()
            .startsWith(
                "key of type java.util.Optional: value, parts by the KeyEncoder of "
                    + Square.class.getName()
                    + ": "),
        e::toString);
    assertTrue(e.getMessage().contains("no connection"), e::toString);
  }

  @Test
  void encode_encoderWithoutEnd_isRefused() {
    CanonicalEncoder wrapping = with(Square.class, square -> List.of(new Square(square.side + 1)));
    KeyEncodingException e =
        assertThrows(KeyEncodingException.class, () -> wrapping.encode(new Square(1)));
    assertTrue(e.getMessage().contains("1,000 levels"), e::toString);
  }

  @Test
  void decode_typesWithARegistration_areEmpty() {
    KeyBytes plain = CanonicalEncoder.standard().encode("key");
    assertEquals(Optional.of("key"), CanonicalEncoder.standard().decode(plain));
    assertEquals(Optional.empty(), CASELESS.decode(plain));
    assertEquals(Optional.empty(), CASELESS.decode(CASELESS.encode("key")));
    assertEquals(Optional.of(5), CASELESS.decode(CASELESS.encode(5)));
  }

  @Test
  void register_typeThatCannotBe_isRefused() {
    CanonicalEncoder.Builder builder = CanonicalEncoder.builder();
    builder.register(Square.class, Square::side);
    assertThrows(
        IllegalArgumentException.class, () -> builder.register(Square.class, Square::side));
    assertThrows(IllegalArgumentException.class, () -> builder.register(int.class, i -> i));
    assertThrows(IllegalArgumentException.class, () -> builder.register(Object.class, o -> o));
    assertThrows(NullPointerException.class, () -> builder.register(null, o -> o));
    assertThrows(NullPointerException.class, () -> builder.register(Dog.class, null));
  }

  @Test
  void build_laterRegistration_doesNotReachTheEncoder() {
    CanonicalEncoder.Builder builder = CanonicalEncoder.builder();
    CanonicalEncoder before = builder.build();
    builder.register(Square.class, square -> 1);
    assertNotEquals(before.encode(new Square(1)), before.encode(new Square(2)));
    assertEquals(builder.build().encode(new Square(1)), builder.build().encode(new Square(2)));
  }
}
