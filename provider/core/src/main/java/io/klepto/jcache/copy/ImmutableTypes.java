package io.klepto.jcache.copy;

import java.io.File;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Tells which classes have only instances that cannot change.
 *
 * <p>A class that can be extended is in the list for itself alone: a subclass of {@link BigDecimal}
 * may change, a {@link BigDecimal} does not.
 */
final class ImmutableTypes {
  private static final Set<Class<?>> VALUES =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          MathContext.class,
          UUID.class,
          URI.class,
          URL.class,
          Locale.class,
          Currency.class,
          Pattern.class,
          File.class,
          Inet4Address.class,
          Inet6Address.class,
          InetSocketAddress.class,
          Class.class,
          StackTraceElement.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Duration.class,
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          MonthDay.class,
          OffsetDateTime.class,
          OffsetTime.class,
          Period.class,
          Year.class,
          YearMonth.class,
          ZonedDateTime.class,
          ZoneOffset.class,
          HijrahDate.class,
          JapaneseDate.class,
          MinguoDate.class,
          ThaiBuddhistDate.class);

  /** Classes of the JDK without a public name, known by an instance. */
  private static final Set<Class<?>> UNNAMED =
      Set.of(
          ZoneId.of("Europe/Paris").getClass(),
          Path.of("").getClass(),
          Collections.emptyList().getClass(),
          Collections.emptySet().getClass(),
          Collections.emptyMap().getClass());

  private ImmutableTypes() {}

  /** Returns whether objects of exactly this class cannot change. */
  static boolean isImmutable(Class<?> type) {
    return VALUES.contains(type)
        || UNNAMED.contains(type)
        || Enum.class.isAssignableFrom(type)
        || Charset.class.isAssignableFrom(type)
        || isImmutableRecord(type);
  }

  /**
   * Returns whether whatever a variable of this declared type holds cannot change: as {@link
   * #isImmutable}, and no other class can be a subclass.
   */
  static boolean holdsOnlyImmutables(Class<?> declared) {
    return holdsOnlyImmutables(declared, new HashSet<>());
  }

  private static boolean isImmutableRecord(Class<?> type) {
    return type.isRecord() && hasOnlyImmutables(type, new HashSet<>());
  }

  // A record that holds records of its own class is immutable unless something else in it is not:
  // classes under examination count as immutable, and one refutation refutes them all.
  private static boolean holdsOnlyImmutables(Class<?> declared, Set<Class<?>> examined) {
    if (declared.isPrimitive()) {
      return true;
    }
    if (declared.isRecord()) {
      return hasOnlyImmutables(declared, examined);
    }
    return declared.isEnum()
        || (VALUES.contains(declared) && Modifier.isFinal(declared.getModifiers()));
  }

  private static boolean hasOnlyImmutables(Class<?> record, Set<Class<?>> examined) {
    if (!examined.add(record)) {
      return true;
    }
    for (RecordComponent component : record.getRecordComponents()) {
      if (!holdsOnlyImmutables(component.getType(), examined)) {
        return false;
      }
    }
    return true;
  }
}
