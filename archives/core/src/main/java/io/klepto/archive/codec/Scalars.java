package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.text.Normalizer;
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
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** The forms of the JDK's values that hold no other objects. */
final class Scalars {
  /** Marks in a row that a pattern with canonical equivalence may have: 24 orders of them. */
  private static final int MAX_MARKS = 4;

  private Scalars() {}

  static void register() {
    registerPrimitives();
    registerNumbersAndNames();
    registerTime();
    registerShared();
  }

  private static void registerPrimitives() {
    WellKnown.scalar(String.class, KryoGraph::writeText, KryoGraph::readText);
    WellKnown.scalar(Boolean.class, (g, out, v) -> out.writeBoolean(v), (g, in) -> bool(in));
    WellKnown.scalar(Byte.class, (g, out, v) -> out.writeByte(v), (g, in) -> in.readByte());
    WellKnown.scalar(Short.class, (g, out, v) -> out.writeShort(v), (g, in) -> in.readShort());
    WellKnown.scalar(Character.class, (g, out, v) -> out.writeChar(v), (g, in) -> in.readChar());
    WellKnown.scalar(
        Integer.class, (g, out, v) -> out.writeVarInt(v, false), (g, in) -> in.readVarInt(false));
    WellKnown.scalar(
        Long.class, (g, out, v) -> out.writeVarLong(v, false), (g, in) -> in.readVarLong(false));
    WellKnown.scalar(Float.class, (g, out, v) -> out.writeFloat(v), (g, in) -> in.readFloat());
    WellKnown.scalar(Double.class, (g, out, v) -> out.writeDouble(v), (g, in) -> in.readDouble());
  }

  private static boolean bool(Input input) {
    return input.readBoolean();
  }

  private static void registerNumbersAndNames() {
    WellKnown.scalar(BigInteger.class, Scalars::writeBig, Scalars::readBig);
    WellKnown.scalar(
        BigDecimal.class,
        (g, out, v) -> {
          out.writeVarInt(v.scale(), false);
          writeBig(g, out, v.unscaledValue());
        },
        (g, in) -> {
          int scale = in.readVarInt(false);
          return new BigDecimal(readBig(g, in), scale);
        });
    WellKnown.scalar(
        UUID.class,
        (g, out, v) -> {
          out.writeLong(v.getMostSignificantBits());
          out.writeLong(v.getLeastSignificantBits());
        },
        (g, in) -> new UUID(in.readLong(), in.readLong()));
    WellKnown.scalar(
        URI.class,
        (g, out, v) -> g.writeText(out, v.toString()),
        (g, in) -> URI.create(g.readText(in)));
    WellKnown.scalar(Locale.class, Scalars::writeLocale, Scalars::readLocale);
    WellKnown.scalar(
        Currency.class,
        (g, out, v) -> g.writeText(out, v.getCurrencyCode()),
        (g, in) -> Currency.getInstance(g.readText(in)));
    WellKnown.scalar(Class.class, Scalars::writeClass, Scalars::readClass);
    WellKnown.scalar(
        OptionalInt.class,
        (g, out, v) -> {
          out.writeBoolean(v.isPresent());
          if (v.isPresent()) {
            out.writeVarInt(v.getAsInt(), false);
          }
        },
        (g, in) -> in.readBoolean() ? OptionalInt.of(in.readVarInt(false)) : OptionalInt.empty());
    WellKnown.scalar(
        OptionalLong.class,
        (g, out, v) -> {
          out.writeBoolean(v.isPresent());
          if (v.isPresent()) {
            out.writeVarLong(v.getAsLong(), false);
          }
        },
        (g, in) ->
            in.readBoolean() ? OptionalLong.of(in.readVarLong(false)) : OptionalLong.empty());
    WellKnown.scalar(
        OptionalDouble.class,
        (g, out, v) -> {
          out.writeBoolean(v.isPresent());
          if (v.isPresent()) {
            out.writeDouble(v.getAsDouble());
          }
        },
        (g, in) -> in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty());
  }

  /** A locale by its tag; one that has none of its own, such as no_NO_NY, by its three parts. */
  private static void writeLocale(KryoGraph graph, Output output, Locale locale) {
    String tag = locale.toLanguageTag();
    boolean tagged = Locale.forLanguageTag(tag).equals(locale);
    output.writeBoolean(tagged);
    if (tagged) {
      graph.writeText(output, tag);
      return;
    }
    Locale parts = new Locale(locale.getLanguage(), locale.getCountry(), locale.getVariant());
    if (!parts.equals(locale)) {
      throw new UnarchivableException(
          "locale " + locale + " can't be archived: neither its tag nor its parts give it back");
    }
    graph.writeText(output, locale.getLanguage());
    graph.writeText(output, locale.getCountry());
    graph.writeText(output, locale.getVariant());
  }

  private static Object readLocale(KryoGraph graph, Input input) {
    if (input.readBoolean()) {
      return Locale.forLanguageTag(graph.readText(input));
    }
    return new Locale(graph.readText(input), graph.readText(input), graph.readText(input));
  }

  /**
   * Refuses a pattern that takes very long to compile: by canonical equivalence the JDK tries all
   * orders of the marks upon a character.
   */
  private static void checkPattern(String pattern, int flags) {
    if ((flags & Pattern.CANON_EQ) == 0) {
      return;
    }
    int marks = 0;
    String decomposed = Normalizer.normalize(pattern, Normalizer.Form.NFD);
    for (int c : decomposed.codePoints().toArray()) {
      int type = Character.getType(c);
      boolean mark =
          type == Character.NON_SPACING_MARK
              || type == Character.COMBINING_SPACING_MARK
              || type == Character.ENCLOSING_MARK;
      marks = mark ? marks + 1 : 0;
      if (marks > MAX_MARKS) {
        throw new UnarchivableException(
            "a pattern with the flag CANON_EQ can't be archived: expected at most "
                + MAX_MARKS
                + " combining marks in a row, found more; drop the flag");
      }
    }
  }

  private static void writeBig(KryoGraph graph, Output output, BigInteger value) {
    byte[] bytes = value.toByteArray();
    output.writeVarInt(bytes.length, true);
    output.writeBytes(bytes);
  }

  private static BigInteger readBig(KryoGraph graph, Input input) {
    int length = graph.claim(input, input.readVarInt(true), 1);
    return new BigInteger(input.readBytes(length));
  }

  @SuppressWarnings("rawtypes") // the class of a class literal
  private static void writeClass(KryoGraph graph, Output output, Class type) {
    Class<?> component = type;
    int dimensions = 0;
    while (component.isArray()) {
      component = component.getComponentType();
      dimensions++;
    }
    graph.names().checkWritable(component);
    output.writeByte(dimensions);
    graph.writeText(output, component.getName());
  }

  private static Object readClass(KryoGraph graph, Input input) {
    int dimensions = input.readByteUnsigned();
    String name = graph.readText(input);
    try {
      Class<?> type = graph.names().load(name);
      for (int i = 0; i < dimensions; i++) {
        type = type.arrayType();
      }
      return type;
    } catch (ClassNotFoundException e) {
      return graph.missing(
          new ArchiveException(
              "class " + name + ", which the record holds as a value, is not there", e));
    } catch (ArchiveException e) {
      return graph.missing(e);
    }
  }

  private static void registerTime() {
    WellKnown.scalar(
        Duration.class,
        (g, out, v) -> writeSeconds(out, v.getSeconds(), v.getNano()),
        (g, in) -> Duration.ofSeconds(in.readVarLong(false), in.readVarInt(true)));
    WellKnown.scalar(
        Instant.class,
        (g, out, v) -> writeSeconds(out, v.getEpochSecond(), v.getNano()),
        (g, in) -> Instant.ofEpochSecond(in.readVarLong(false), in.readVarInt(true)));
    WellKnown.scalar(LocalDate.class, (g, out, v) -> writeDate(out, v), (g, in) -> readDate(in));
    WellKnown.scalar(LocalTime.class, (g, out, v) -> writeTime(out, v), (g, in) -> readTime(in));
    WellKnown.scalar(
        LocalDateTime.class, (g, out, v) -> writeDateTime(out, v), (g, in) -> readDateTime(in));
    WellKnown.scalar(
        ZoneOffset.class, (g, out, v) -> writeOffset(out, v), (g, in) -> readOffset(in));
    registerRegion(ZoneId.of("Europe/Paris").getClass());
    WellKnown.scalar(
        ZonedDateTime.class,
        (g, out, v) -> {
          writeDateTime(out, v.toLocalDateTime());
          writeOffset(out, v.getOffset());
          g.writeText(out, v.getZone().getId());
        },
        (g, in) ->
            ZonedDateTime.ofInstant(readDateTime(in), readOffset(in), ZoneId.of(g.readText(in))));
    WellKnown.scalar(
        OffsetDateTime.class,
        (g, out, v) -> {
          writeDateTime(out, v.toLocalDateTime());
          writeOffset(out, v.getOffset());
        },
        (g, in) -> OffsetDateTime.of(readDateTime(in), readOffset(in)));
    WellKnown.scalar(
        OffsetTime.class,
        (g, out, v) -> {
          writeTime(out, v.toLocalTime());
          writeOffset(out, v.getOffset());
        },
        (g, in) -> OffsetTime.of(readTime(in), readOffset(in)));
    WellKnown.scalar(
        Period.class,
        (g, out, v) -> {
          out.writeVarInt(v.getYears(), false);
          out.writeVarInt(v.getMonths(), false);
          out.writeVarInt(v.getDays(), false);
        },
        (g, in) -> Period.of(in.readVarInt(false), in.readVarInt(false), in.readVarInt(false)));
    WellKnown.scalar(
        Year.class,
        (g, out, v) -> out.writeVarInt(v.getValue(), false),
        (g, in) -> Year.of(in.readVarInt(false)));
    WellKnown.scalar(
        YearMonth.class,
        (g, out, v) -> {
          out.writeVarInt(v.getYear(), false);
          out.writeByte(v.getMonthValue());
        },
        (g, in) -> YearMonth.of(in.readVarInt(false), in.readByte()));
    WellKnown.scalar(
        MonthDay.class,
        (g, out, v) -> {
          out.writeByte(v.getMonthValue());
          out.writeByte(v.getDayOfMonth());
        },
        (g, in) -> MonthDay.of(in.readByte(), in.readByte()));
  }

  private static <T extends ZoneId> void registerRegion(Class<T> type) {
    WellKnown.scalar(
        type, (g, out, v) -> g.writeText(out, v.getId()), (g, in) -> ZoneId.of(g.readText(in)));
  }

  private static void writeSeconds(Output output, long seconds, int nanos) {
    output.writeVarLong(seconds, false);
    output.writeVarInt(nanos, true);
  }

  private static void writeDate(Output output, LocalDate date) {
    output.writeVarInt(date.getYear(), false);
    output.writeByte(date.getMonthValue());
    output.writeByte(date.getDayOfMonth());
  }

  private static LocalDate readDate(Input input) {
    return LocalDate.of(input.readVarInt(false), input.readByte(), input.readByte());
  }

  private static void writeTime(Output output, LocalTime time) {
    output.writeVarLong(time.toNanoOfDay(), true);
  }

  private static LocalTime readTime(Input input) {
    return LocalTime.ofNanoOfDay(input.readVarLong(true));
  }

  private static void writeDateTime(Output output, LocalDateTime dateTime) {
    writeDate(output, dateTime.toLocalDate());
    writeTime(output, dateTime.toLocalTime());
  }

  private static LocalDateTime readDateTime(Input input) {
    return LocalDateTime.of(readDate(input), readTime(input));
  }

  private static void writeOffset(Output output, ZoneOffset offset) {
    output.writeVarInt(offset.getTotalSeconds(), false);
  }

  private static ZoneOffset readOffset(Input input) {
    return ZoneOffset.ofTotalSeconds(input.readVarInt(false));
  }

  @SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // users have dates and builders
  private static void registerShared() {
    WellKnown.shared(
        Date.class,
        (g, out, v) -> out.writeVarLong(v.getTime(), false),
        (g, in) -> new Date(in.readVarLong(false)));
    WellKnown.shared(
        Pattern.class,
        (g, out, v) -> {
          checkPattern(v.pattern(), v.flags());
          g.writeText(out, v.pattern());
          out.writeVarInt(v.flags(), true);
        },
        (g, in) -> {
          String pattern = g.readText(in);
          int flags = in.readVarInt(true);
          checkPattern(pattern, flags);
          return Pattern.compile(pattern, flags);
        });
    WellKnown.shared(
        BitSet.class,
        (g, out, v) -> {
          long[] words = v.toLongArray();
          out.writeVarInt(words.length, true);
          out.writeLongs(words, 0, words.length);
        },
        (g, in) -> BitSet.valueOf(in.readLongs(g.claim(in, in.readVarInt(true), Long.BYTES))));
    WellKnown.shared(
        AtomicBoolean.class,
        (g, out, v) -> out.writeBoolean(v.get()),
        (g, in) -> new AtomicBoolean(in.readBoolean()));
    WellKnown.shared(
        AtomicInteger.class,
        (g, out, v) -> out.writeVarInt(v.get(), false),
        (g, in) -> new AtomicInteger(in.readVarInt(false)));
    WellKnown.shared(
        AtomicLong.class,
        (g, out, v) -> out.writeVarLong(v.get(), false),
        (g, in) -> new AtomicLong(in.readVarLong(false)));
    WellKnown.shared(
        StringBuilder.class,
        (g, out, v) -> g.writeText(out, v.toString()),
        (g, in) -> new StringBuilder(g.readText(in)));
  }
}
