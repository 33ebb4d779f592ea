package io.klepto.keymap;

import java.time.DateTimeException;
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
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Scalar types of {@code java.time}. */
final class TimeScalars {
  static final List<ScalarType<?>> TYPES =
      List.of(
          ScalarType.natural(
              Duration.class,
              CanonicalFormatV1.DURATION,
              (out, value) -> putSeconds(out, value.getSeconds(), value.getNano()),
              TimeScalars::readDuration),
          ScalarType.natural(
              Instant.class,
              CanonicalFormatV1.INSTANT,
              (out, value) -> putSeconds(out, value.getEpochSecond(), value.getNano()),
              in -> Instant.ofEpochSecond(in.readLong(), in.readInt())),
          ScalarType.natural(
              LocalDate.class,
              CanonicalFormatV1.LOCAL_DATE,
              TimeScalars::putDate,
              TimeScalars::readDate),
          ScalarType.natural(
              LocalTime.class,
              CanonicalFormatV1.LOCAL_TIME,
              (out, value) -> out.putLong(value.toNanoOfDay()),
              TimeScalars::readTime),
          ScalarType.natural(
              LocalDateTime.class,
              CanonicalFormatV1.LOCAL_DATE_TIME,
              TimeScalars::putDateTime,
              TimeScalars::readDateTime),
          ScalarType.natural(
              ZoneOffset.class,
              CanonicalFormatV1.ZONE_OFFSET,
              TimeScalars::putOffset,
              TimeScalars::readOffset),
          region(ZoneId.of("UTC").getClass()),
          ScalarType.natural(
              OffsetTime.class,
              CanonicalFormatV1.OFFSET_TIME,
              (out, value) -> {
                out.putLong(value.toLocalTime().toNanoOfDay());
                putOffset(out, value.getOffset());
              },
              in -> OffsetTime.of(readTime(in), readOffset(in))),
          ScalarType.natural(
              OffsetDateTime.class,
              CanonicalFormatV1.OFFSET_DATE_TIME,
              (out, value) -> {
                putDateTime(out, value.toLocalDateTime());
                putOffset(out, value.getOffset());
              },
              in -> OffsetDateTime.of(readDateTime(in), readOffset(in))),
          ScalarType.natural(
              ZonedDateTime.class,
              CanonicalFormatV1.ZONED_DATE_TIME,
              TimeScalars::putZoned,
              TimeScalars::readZoned),
          ScalarType.natural(
              Year.class,
              CanonicalFormatV1.YEAR,
              (out, value) -> out.putInt(value.getValue()),
              in -> Year.of(in.readInt())),
          ScalarType.natural(
              YearMonth.class,
              CanonicalFormatV1.YEAR_MONTH,
              (out, value) -> {
                out.putInt(value.getYear());
                out.putByte(value.getMonthValue());
              },
              in -> YearMonth.of(in.readInt(), in.readByte())),
          ScalarType.natural(
              MonthDay.class,
              CanonicalFormatV1.MONTH_DAY,
              (out, value) -> {
                out.putByte(value.getMonthValue());
                out.putByte(value.getDayOfMonth());
              },
              in -> MonthDay.of(in.readByte(), in.readByte())),
          ScalarType.natural(
              Period.class,
              CanonicalFormatV1.PERIOD,
              (out, value) -> {
                out.putInt(value.getYears());
                out.putInt(value.getMonths());
                out.putInt(value.getDays());
              },
              in -> Period.of(in.readInt(), in.readInt(), in.readInt())));

  private TimeScalars() {}

  /** Returns the type of zones with a name; their class is not public. */
  private static <T extends ZoneId> ScalarType<T> region(Class<T> type) {
    BiConsumer<ByteSink, T> writer = (out, value) -> out.putString(value.getId());
    Function<ByteSource, T> reader = in -> type.cast(readRegion(in));
    return ScalarType.natural(type, CanonicalFormatV1.ZONE_REGION, writer, reader);
  }

  private static void putSeconds(ByteSink out, long seconds, int nanos) {
    out.putLong(seconds);
    out.putInt(nanos);
  }

  private static Duration readDuration(ByteSource in) {
    return Duration.ofSeconds(in.readLong(), in.readInt());
  }

  private static void putDate(ByteSink out, LocalDate date) {
    out.putInt(date.getYear());
    out.putByte(date.getMonthValue());
    out.putByte(date.getDayOfMonth());
  }

  private static LocalDate readDate(ByteSource in) {
    return LocalDate.of(in.readInt(), in.readByte(), in.readByte());
  }

  private static LocalTime readTime(ByteSource in) {
    return LocalTime.ofNanoOfDay(in.readLong());
  }

  private static void putDateTime(ByteSink out, LocalDateTime value) {
    putDate(out, value.toLocalDate());
    out.putLong(value.toLocalTime().toNanoOfDay());
  }

  private static LocalDateTime readDateTime(ByteSource in) {
    return LocalDateTime.of(readDate(in), readTime(in));
  }

  private static void putOffset(ByteSink out, ZoneOffset offset) {
    out.putInt(offset.getTotalSeconds());
  }

  private static ZoneOffset readOffset(ByteSource in) {
    return ZoneOffset.ofTotalSeconds(in.readInt());
  }

  private static void putZoned(ByteSink out, ZonedDateTime value) {
    putDateTime(out, value.toLocalDateTime());
    putOffset(out, value.getOffset());
    if (value.getZone() instanceof ZoneOffset offset) {
      out.putByte(CanonicalFormatV1.ZONE_OFFSET);
      putOffset(out, offset);
    } else {
      out.putByte(CanonicalFormatV1.ZONE_REGION);
      out.putString(value.getZone().getId());
    }
  }

  private static ZonedDateTime readZoned(ByteSource in) {
    LocalDateTime dateTime = readDateTime(in);
    ZoneOffset offset = readOffset(in);
    byte tag = in.readByte();
    if (tag != CanonicalFormatV1.ZONE_OFFSET && tag != CanonicalFormatV1.ZONE_REGION) {
      throw new IllegalArgumentException("expected a zone, found tag " + tag);
    }
    ZoneId zone = tag == CanonicalFormatV1.ZONE_OFFSET ? readOffset(in) : readRegion(in);
    return zone == null ? null : zoned(dateTime, offset, zone);
  }

  /** Returns null if the time zone data of this JVM knows other offsets for the zone. */
  private static ZonedDateTime zoned(LocalDateTime dateTime, ZoneOffset offset, ZoneId zone) {
    try {
      return ZonedDateTime.ofStrict(dateTime, offset, zone);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Returns null if the time zone data of this JVM does not have the zone. */
  private static ZoneId readRegion(ByteSource in) {
    String id = in.readString();
    try {
      ZoneId zone = ZoneId.of(id);
      return zone instanceof ZoneOffset ? null : zone;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
