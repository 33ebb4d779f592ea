package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CallKeysTest {
  private static final Signature AREA =
      Signature.builder("area").parameter("width").parameter("height", 1.0).build();

  private record Circle(double radius) {}

  @SuppressWarnings("unused") // read by reflection
  private static double sum(double first, boolean verbose, double... rest) {
    return first;
  }

  @Test
  void callsThatMeanTheSame_shareAKey() {
    CallKeys keys = CallKeys.builder(AREA).build();
    Object key = keys.key(2.0, 1.0);
    assertEquals(key, keys.key(2.0));
    assertEquals(key, keys.key(Arguments.of(List.of(), Map.of("width", 2.0))));
    assertEquals(key, keys.key(Arguments.of(List.of(2.0), Map.of("height", 1.0))));
    assertNotEquals(key, keys.key(1.0, 2.0));
  }

  @Test
  void lambdaOfOneArgument_isKeyedByItAlone() {
    CallKeys keys = CallKeys.builder(Signature.unnamed("f")).build();
    String argument = "x";
    assertSame(argument, keys.keyOfOne(argument));
    assertEquals(keys.key(List.of(1)), keys.keyOfOne(List.of(1)));
    CallKeys rounded =
        CallKeys.builder(Signature.unnamed("f")).rounding(Rounding.simple(1)).build();
    assertEquals(1.3, rounded.keyOfOne(1.26));
  }

  @Test
  void methodsOfOneSignature_areToldApartByIdentity() {
    CallKeys f = CallKeys.builder(AREA).identity("f", "v1").build();
    CallKeys g = CallKeys.builder(AREA).identity("g", "v1").build();
    assertNotEquals(f.key(1), g.key(1));
    assertEquals(List.of("f", "v1"), f.identity());
  }

  @Test
  void receiver_countsExactlyIfItIsSaidTo() {
    CallKeys without = CallKeys.builder(AREA).build();
    assertEquals(without.keyOn(new Circle(1), Arguments.of(1)), without.key(1));
    CallKeys with = CallKeys.builder(AREA).withReceiver(true).build();
    assertNotEquals(
        with.keyOn(new Circle(1), Arguments.of(1)), with.keyOn(new Circle(2), Arguments.of(1)));
    assertEquals(
        with.keyOn(new Circle(1), Arguments.of(1)), with.keyOn(new Circle(1), Arguments.of(1)));
    assertThrows(IllegalArgumentException.class, () -> with.key(1));
    CallKeys.Builder both = CallKeys.builder(AREA).withReceiver(true).ignore(Ignored.receiver());
    assertThrows(IllegalArgumentException.class, both::build);
  }

  @Test
  void ignoredArgumentOfAMethod_doesNotCount() throws Exception {
    Signature signature =
        Signature.of(
            CallKeysTest.class.getDeclaredMethod(
                "sum", double.class, boolean.class, double[].class));
    assertEquals(List.of("first", "verbose"), signature.parameters());
    CallKeys keys = CallKeys.builder(signature).ignore(Ignored.names("verbose")).build();
    assertEquals(keys.key(1.0, true, 2.0), keys.key(1.0, false, 2.0));
    assertNotEquals(keys.key(1.0, true, 2.0), keys.key(1.0, true, 3.0));
    CallKeys first = CallKeys.builder(signature).ignore(Ignored.of("*", 1)).build();
    assertEquals(first.key(1.0, true, 2.0), first.key(1.0, false, 7.0, 8.0));
  }

  @Test
  void ignoredArgumentThatTheFunctionHasNot_isRefusedByName() {
    CallKeys.Builder unknown = CallKeys.builder(AREA).ignore(Ignored.names("verbos"));
    String message = assertThrows(IllegalArgumentException.class, unknown::build).getMessage();
    assertTrue(message.contains("found verbos"), message);
    CallKeys.Builder beyond = CallKeys.builder(AREA).ignore(Ignored.indexes(2));
    assertThrows(IllegalArgumentException.class, beyond::build);
    CallKeys.Builder surplus = CallKeys.builder(AREA).ignore(Ignored.surplusPositional());
    assertThrows(IllegalArgumentException.class, surplus::build);
    assertThrows(IllegalArgumentException.class, () -> Ignored.indexes(-1));
    assertThrows(IllegalArgumentException.class, () -> Ignored.of(1.5));
  }

  @Test
  void isValid_judgesWithoutEvaluating() {
    CallKeys keys = CallKeys.builder(AREA).build();
    assertTrue(keys.isValid(1.0));
    assertFalse(keys.isValid());
    assertFalse(keys.isValid(1.0, 2.0, 3.0));
    assertEquals(
        "area: expected argument width once, found it by position and by name",
        keys.mismatch(Arguments.of(List.of(1.0), Map.of("width", 2.0))).orElseThrow());
    assertEquals(
        "area: expected arguments among [width, height], found depth",
        keys.mismatch(Arguments.of(List.of(1.0), Map.of("depth", 2.0))).orElseThrow());
  }

  @Test
  void signatures_haveParametersOfDifferentNames() {
    Signature.Builder builder = Signature.builder("f").parameter("x");
    assertThrows(IllegalArgumentException.class, () -> builder.parameter("x"));
    assertEquals("area(width, height=1.0)", AREA.toString());
  }
}
