package io.klepto.jcache.copy;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells which classes have only instances that cannot change.
 *
 * <p>A class that can be extended is in the list for itself alone: a subclass of {@link
 * java.math.BigDecimal} may change, a {@code BigDecimal} does not.
 */
final class ImmutableTypes {
  private static final Module BASE = Object.class.getModule();

  /**
   * Names of classes of the JDK's base module. Were they class literals, the first cache of a
   * process would load them all, and the time zones with them.
   */
  private static final Set<String> VALUES =
      Set.of(
          "java.lang.String",
          "java.lang.Boolean",
          "java.lang.Character",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.math.BigInteger",
          "java.math.BigDecimal",
          "java.math.MathContext",
          "java.util.UUID",
          "java.net.URI",
          "java.net.URL",
          "java.util.Locale",
          "java.util.Currency",
          "java.util.regex.Pattern",
          "java.io.File",
          "java.net.Inet4Address",
          "java.net.Inet6Address",
          "java.net.InetSocketAddress",
          "java.lang.Class",
          "java.lang.StackTraceElement",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.OptionalDouble",
          "java.time.Duration",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.MonthDay",
          "java.time.OffsetDateTime",
          "java.time.OffsetTime",
          "java.time.Period",
          "java.time.Year",
          "java.time.YearMonth",
          "java.time.ZonedDateTime",
          "java.time.ZoneOffset",
          "java.time.chrono.HijrahDate",
          "java.time.chrono.JapaneseDate",
          "java.time.chrono.MinguoDate",
          "java.time.chrono.ThaiBuddhistDate",
          "java.time.ZoneRegion");

  /** Classes of the JDK without a public name, known by an instance. */
  private static final Set<Class<?>> UNNAMED =
      Set.of(
          Path.of("").getClass(),
          Collections.emptyList().getClass(),
          Collections.emptySet().getClass(),
          Collections.emptyMap().getClass());

  private ImmutableTypes() {}

  /** Returns whether objects of exactly this class cannot change. */
  static boolean isImmutable(Class<?> type) {
    return isValue(type)
        || UNNAMED.contains(type)
        || Enum.class.isAssignableFrom(type)
        || Charset.class.isAssignableFrom(type)
        || isImmutableRecord(type);
  }

  private static boolean isValue(Class<?> type) {
    return type.getModule() == BASE && VALUES.contains(type.getName());
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
    return declared.isEnum() || (isValue(declared) && Modifier.isFinal(declared.getModifiers()));
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
