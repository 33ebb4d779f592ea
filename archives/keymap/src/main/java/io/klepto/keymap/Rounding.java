package io.klepto.keymap;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The rounding of numbers in arguments before a key is made of them, so that calls whose arguments
 * differ by less than a tolerance share an entry.
 *
 * <p>Numbers of type {@code double} and {@code float} are rounded, boxed or in arrays; whole
 * numbers, {@code BigDecimal}s and strings never are. The tolerance counts digits behind the
 * decimal point; a negative one counts before it. Half goes to even, judged by the exact binary
 * value of the number, as Python's {@code round} does: 2.675 to two digits is 2.67, since it lies
 * below. NaN, infinities and the sign of zero stay.
 *
 * <p>How deep it goes:
 *
 * <ul>
 *   <li>{@code simple}: the arguments themselves;
 *   <li>{@code shallow}: and the elements of lists, sets and arrays among them;
 *   <li>{@code deep}: lists, sets, arrays, values of maps, records, {@code Optional}s, at any
 *       depth, and streams of numbers, which stay lazy. Keys of maps are never rounded, and neither
 *       are fields of other classes.
 * </ul>
 *
 * <p>What is rounded is rebuilt; what holds nothing to round is returned as it is. Sets may shrink.
 *
 * <p>Source: klepto's {@code rounding} module. Deviations: strings, exceptions and maps come out of
 * {@code shallow} unharmed; maps with keys that are no strings, ranges and streams do not fail in
 * {@code deep}. Immutable and safe for use by many threads.
 */
public final class Rounding implements Serializable {
  private static final long serialVersionUID = 1L;

  /** From here on a {@code double} has no digits behind the decimal point. */
  private static final double WHOLE_FROM = 0x1p52;

  /** Beyond any digit that a {@code double} has, on either side of the decimal point. */
  private static final int MAX_DIGITS = 1_100;

  private static final Rounding NONE = new Rounding(Depth.NONE, 0);

  /** How deep rounding goes. */
  enum Depth {
    NONE,
    SIMPLE,
    SHALLOW,
    DEEP
  }

  private final Depth depth;
  private final int digits;

  private Rounding(Depth depth, int digits) {
    this.depth = depth;
    this.digits = digits;
  }

  /** Returns the rounding that changes nothing. */
  public static Rounding none() {
    return NONE;
  }

  /**
   * Returns the rounding of the arguments themselves.
   *
   * @param digits how many to keep behind the decimal point; if negative, how many before it become
   *     zero
   */
  public static Rounding simple(int digits) {
    return new Rounding(Depth.SIMPLE, digits);
  }

  /** Returns the rounding of the arguments and of the elements of collections among them. */
  public static Rounding shallow(int digits) {
    return new Rounding(Depth.SHALLOW, digits);
  }

  /** Returns the rounding of all numbers in the arguments, at any depth. */
  public static Rounding deep(int digits) {
    return new Rounding(Depth.DEEP, digits);
  }

  /** Returns whether nothing is ever rounded. */
  public boolean isNone() {
    return depth == Depth.NONE;
  }

  /** Returns the arguments rounded. */
  public Arguments apply(Arguments arguments) {
    return isNone() ? arguments : arguments.map(this::apply);
  }

  /**
   * Returns one argument rounded.
   *
   * @param argument any object, or null
   * @throws KeyEncodingException if it holds a record that can't be rebuilt: its constructor
   *     refused the rounded components or is closed to reflection; or if it nests too deep
   * @throws ArithmeticException if a number leaves the range of its type
   */
  public Object apply(Object argument) {
    if (argument instanceof Double number) {
      return isNone() ? number : (Object) round(number.doubleValue());
    }
    if (argument instanceof Float number) {
      return isNone() ? number : (Object) round(number.floatValue());
    }
    return switch (depth) {
      case NONE, SIMPLE -> argument;
      case SHALLOW -> new RoundedParts(this, false).of(argument);
      case DEEP -> new RoundedParts(this, true).of(argument);
    };
  }

  /** Returns the numbers rounded as they come. */
  public DoubleStream apply(DoubleStream numbers) {
    return isNone() ? numbers : numbers.map(this::round);
  }

  /** Returns the elements rounded as they come, each as one argument is. */
  public Stream<Object> apply(Stream<?> elements) {
    return elements.map(this::apply);
  }

  /**
   * Returns a number rounded.
   *
   * @throws ArithmeticException if the result leaves the range of {@code double}
   */
  public double round(double number) {
    if (isNone()
        || number == 0
        || !Double.isFinite(number)
        || digits > MAX_DIGITS
        || (digits >= 0 && Math.abs(number) >= WHOLE_FROM)) {
      return number;
    }
    double rounded = rounded(number).doubleValue();
    if (Double.isInfinite(rounded)) {
      throw outOfRange(number, "double");
    }
    return Math.copySign(rounded, number);
  }

  /**
   * Returns a number rounded, by its exact binary value too.
   *
   * @throws ArithmeticException if the result leaves the range of {@code float}
   */
  public float round(float number) {
    if (isNone() || number == 0 || !Float.isFinite(number) || digits > MAX_DIGITS) {
      return number;
    }
    float rounded = rounded(number).floatValue();
    if (Float.isInfinite(rounded)) {
      throw outOfRange(number, "float");
    }
    return Math.copySign(rounded, number);
  }

  private BigDecimal rounded(double number) {
    return new BigDecimal(number).setScale(Math.max(digits, -MAX_DIGITS), RoundingMode.HALF_EVEN);
  }

  private ArithmeticException outOfRange(double number, String type) {
    return new ArithmeticException(
        "cannot round %s to %d digits: expected a result within the range of %s, found one beyond"
            .formatted(number, digits, type));
  }

  /** Returns depth and digits, such as {@code deep(3)}, the same in every JVM, run and locale. */
  public String name() {
    return isNone() ? "none" : depth.name().toLowerCase(Locale.ROOT) + "(" + digits + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rounding that && depth == that.depth && digits == that.digits;
  }

  @Override
  public int hashCode() {
    return Objects.hash(depth, digits);
  }

  @Override
  public String toString() {
    return isNone() ? "no rounding" : "%s rounding to %d digits".formatted(depth, digits);
  }
}
