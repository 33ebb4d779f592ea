package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CopiersTest {
  private final Copier copier = Copiers.byValue(CopiersTest.class.getClassLoader());

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green";
      }
    }
  }

  record Point(int x, long y) {}

  record Named(String name, Colour colour, Point point, Instant at, UUID id) {}

  record Chain(String name, Chain next) {}

  record Holder(Object value) {}

  record Tagged(String name, List<String> tags) {}

  static final class Cents extends BigDecimal {
    private static final long serialVersionUID = 1;
    int extra;

    Cents(String value) {
      super(value);
    }
  }

  static List<Object> immutables() throws Exception {
    return List.of(
        "text",
        true,
        'c',
        (byte) 1,
        (short) 2,
        300_000,
        4L,
        5f,
        6d,
        new BigInteger("12345678901234567890"),
        new BigDecimal("1.5"),
        UUID.randomUUID(),
        URI.create("a:b"),
        Locale.GERMAN,
        Currency.getInstance("EUR"),
        Pattern.compile("a+"),
        new File("x"),
        Path.of("x"),
        StandardCharsets.UTF_8,
        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
        InetAddress.getByAddress(new byte[16]),
        InetSocketAddress.createUnresolved("localhost", 1),
        String.class,
        Colour.RED,
        Colour.GREEN,
        Duration.ofSeconds(1),
        Instant.EPOCH,
        LocalDate.EPOCH,
        LocalDateTime.MIN,
        ZoneOffset.UTC,
        ZoneId.of("Asia/Tokyo"),
        ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.UTC),
        OptionalInt.of(3),
        new StackTraceElement("a", "b", "c", 1),
        new Point(1, 2),
        new Named("a", Colour.GREEN, new Point(1, 2), Instant.EPOCH, UUID.randomUUID()),
        new Chain("a", new Chain("b", null)),
        new Holder("a"),
        new Holder(new Holder(List.of(1))),
        new Tagged("a", List.of("b", "c")),
        Optional.empty(),
        Optional.of("a"),
        Optional.of(List.of(Optional.of(1))),
        List.of(),
        List.of(1),
        List.of(1, 2, 3),
        List.of(1, 2, 3).subList(1, 3),
        List.copyOf(new ArrayList<>(List.of("a", "b"))),
        Set.of("a", "b", "c"),
        Map.of("a", 1, "b", List.of(2)),
        Map.entry("a", 1),
        Collections.emptyList(),
        Collections.emptyMap(),
        Collections.emptySet(),
        Collections.singletonList("a"),
        Collections.singleton("a"),
        Collections.singletonMap("a", "b"));
  }

  @ParameterizedTest
  @MethodSource("immutables")
  void copy_immutableValue_isShared(Object value) {
    assertSame(value, copier.copy(value));
  }

  @Test
  void copy_immutableContainersOfMutables_areCopied() {
    for (Object value :
        List.of(
            new Holder(new ArrayList<>(List.of("a"))),
            new Tagged("a", new ArrayList<>(List.of("b"))),
            List.of(new ArrayList<>(List.of("a"))),
            List.of(1, List.of(new ArrayList<>(List.of("a")))),
            Set.of(new ArrayList<>(List.of("a")), 2, 3),
            Map.of("k", new ArrayList<>(List.of("a"))),
            Map.of(new ArrayList<>(List.of("a")), 1, "b", 2),
            Map.entry("k", new ArrayList<>(List.of("a"))),
            Optional.of(new ArrayList<>(List.of("a"))),
            Collections.singletonList(new ArrayList<>(List.of("a"))),
            Collections.singleton(new ArrayList<>(List.of("a"))),
            Collections.singletonMap("k", new ArrayList<>(List.of("a"))))) {
      Object copy = copier.copy(value);
      assertEquals(value, copy);
      assertNotSame(value, copy);
      assertEquals(value.hashCode(), copy.hashCode());
    }
  }

  @Test
  void copy_subclassOfImmutableValue_isCopied() {
    Cents value = new Cents("1.5");
    value.extra = 7;
    Cents copy = (Cents) copier.copy(value);
    assertNotSame(value, copy);
    assertEquals(value, copy);
    assertEquals(7, copy.extra);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        String.class,
        Integer.class,
        UUID.class,
        LocalDate.class,
        Colour.class,
        Point.class,
        Named.class,
        Chain.class
      })
  void forType_finalAndImmutable_isIdentity(Class<?> declared) {
    assertSame(Copiers.identity(), Copiers.forType(declared, getClass().getClassLoader()));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Object.class,
        Number.class,
        BigDecimal.class,
        List.class,
        Holder.class,
        Tagged.class,
        byte[].class,
        Enum.class,
        Cents.class
      })
  void forType_notFinalOrNotImmutable_isByValue(Class<?> declared) {
    Copier found = Copiers.forType(declared, getClass().getClassLoader());
    assertNotSame(Copiers.identity(), found);
    byte[] bytes = {1};
    assertNotSame(bytes, found.copy(bytes));
  }

  @Test
  void identity_returnsItsArgument() {
    Object value = new ArrayList<>();
    assertSame(value, Copiers.identity().copy(value));
    assertSame(Copiers.identity(), Copiers.identity());
  }

  @Test
  void copy_null_throws() {
    assertThrows(NullPointerException.class, () -> copier.copy(null));
    assertThrows(NullPointerException.class, () -> Copiers.byValue(null));
    assertThrows(NullPointerException.class, () -> Copiers.forType(String.class, null));
  }
}
