package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recorded vectors don't have; those are replayed elsewhere. */
final class RoundingTest {
  private record Point(double x, double y) {}

  @SuppressWarnings("ArrayRecordComponent") // users have them
  private record Path(String name, List<Point> points, int[] weights) {}

  private record Positive(double value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("expected more than 0, found " + value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2.675, 2, 2.67",
    "1.005, 2, 1.0",
    "0.5, 0, 0.0",
    "2.5, 0, 2.0",
    "1250, -2, 1200",
    "-0.04, 1, -0.0",
    "NaN, 1, NaN",
    "-Infinity, 1, -Infinity",
    "5e-324, 400, 5e-324",
    "123.456, -400, 0.0",
    "-123.456, -400, -0.0",
    "4503599627370497.5, 0, 4503599627370498"
  })
  void double_isRoundedHalfEvenByItsExactValue(double number, int digits, double expected) {
    assertEquals(expected, Rounding.simple(digits).round(number));
  }

  @Test
  void float_isRoundedByItsOwnExactValue() {
    assertEquals(0.1f, Rounding.simple(1).round(0.15f - 0.01f));
    assertEquals(Float.NaN, Rounding.simple(1).round(Float.NaN));
    assertEquals(-0.0f, Rounding.simple(1).round(-0.04f));
  }

  @Test
  void numberThatLeavesItsRange_isRefused() {
    assertThrows(ArithmeticException.class, () -> Rounding.simple(-308).round(1.7e308));
    assertThrows(ArithmeticException.class, () -> Rounding.simple(-35).round(Float.MAX_VALUE));
  }

  @Test
  void otherNumbers_areNeverRounded() {
    for (Object argument : List.of(15, 15L, new BigDecimal("1.55"), "1.55", true)) {
      assertSame(argument, Rounding.deep(-1).apply(argument));
    }
  }

  @Test
  void deep_goesIntoRecordsArraysCollectionsAndMaps() {
    Rounding deep = Rounding.deep(1);
    Path path = new Path("a", List.of(new Point(1.26, 2), new Point(3, 4.04)), new int[] {1});
    Path rounded = (Path) deep.apply(path);
    assertEquals(List.of(new Point(1.3, 2), new Point(3, 4.0)), rounded.points());
    assertSame(path.weights(), rounded.weights());
    assertArrayEquals(
        new double[][] {{1.3}, {2.5}}, (double[][]) deep.apply(new double[][] {{1.26}, {2.5}}));
    assertEquals(
        Map.of("a", Set.of(1.3), "b", Optional.of(2.1)),
        deep.apply(Map.of("a", Set.of(1.26, 1.27), "b", Optional.of(2.12))));
    assertEquals(OptionalDouble.of(1.3), deep.apply(OptionalDouble.of(1.26)));
    assertEquals(Map.of(1.26, 1.3), deep.apply(Map.of(1.26, 1.26)), "keys stay");
  }

  @Test
  void deep_streamsAreRoundedLazily() {
    Rounding deep = Rounding.deep(1);
    assertArrayEquals(
        new double[] {1.3, 2.5},
        ((DoubleStream) deep.apply((Object) DoubleStream.of(1.26, 2.5))).toArray());
    assertEquals(
        List.of(1.3, "x", List.of(0.1)),
        ((Stream<?>) deep.apply((Object) Stream.of(1.26, "x", List.of(0.12)))).toList());
  }

  @Test
  void shallow_goesOneLevel() {
    Rounding shallow = Rounding.shallow(1);
    assertEquals(List.of(1.3, List.of(1.26)), shallow.apply(List.of(1.26, List.of(1.26))));
    assertArrayEquals(new double[] {1.3}, (double[]) shallow.apply(new double[] {1.26}));
    assertEquals(new Point(1.26, 1), shallow.apply(new Point(1.26, 1)));
    assertEquals("1.26", shallow.apply("1.26"));
  }

  @Test
  void nothingToRound_isReturnedAsItIs() {
    for (Object argument :
        List.of(
            List.of(1, "a"),
            Set.of(1.5),
            Map.of("a", 1.5),
            new Point(1, 2),
            new Path("a", List.of(), new int[0]))) {
      assertSame(argument, Rounding.deep(1).apply(argument));
    }
  }

  @Test
  void recordThatRefusesTheRoundedValue_isRefusedByName() {
    KeyEncodingException refused =
        assertThrows(KeyEncodingException.class, () -> Rounding.deep(0).apply(new Positive(0.2)));
    assertTrue(refused.getMessage().contains(Positive.class.getName()), refused.getMessage());
    assertTrue(refused.getMessage().contains("found 0.0"), refused.getMessage());
  }

  @Test
  void argumentThatContainsItself_isRefused() {
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);
    assertThrows(KeyEncodingException.class, () -> Rounding.deep(0).apply(cyclic));
  }

  @Test
  void none_changesNothing() {
    Arguments arguments = Arguments.of(1.26, List.of(1.26));
    assertSame(arguments, Rounding.none().apply(arguments));
    assertEquals(1.26, Rounding.none().apply(1.26));
  }
}
