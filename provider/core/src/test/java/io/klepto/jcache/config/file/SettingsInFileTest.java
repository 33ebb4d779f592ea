package io.klepto.jcache.config.file;

import static io.klepto.jcache.config.file.Parts.nameOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.klepto.archive.store.Durability;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.ComputeOnce;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.EvictionSettings;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.Sharing;
import io.klepto.jcache.config.WriteBehind;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A file says what the builder says: two ways, one model. */
final class SettingsInFileTest {
  /** What a cache says in a file, and by the builder. */
  private record Pair(
      String text, UnaryOperator<KleptoConfigurationBuilder<Object, Object>> built) {}

  private static javax.cache.expiry.Duration minutes(int minutes) {
    return new javax.cache.expiry.Duration(TimeUnit.MINUTES, minutes);
  }

  private static Pair pair(
      String text, UnaryOperator<KleptoConfigurationBuilder<Object, Object>> built) {
    return new Pair(text, built);
  }

  private static <T> Factory<T> made(Class<T> type) {
    return new NamedClasses.ClassFactory<>(type);
  }

  private static Stream<Pair> pairs() {
    URI dict = URI.create("dict:a");
    return Stream.of(
        pair("max-entries = 10", b -> b.maxEntries(10)),
        pair("max-entries = \"10\"", b -> b.maxEntries(10)),
        pair("max-entries = unbounded", b -> b),
        pair("max-entries = 0", b -> b.maxEntries(0)),
        pair("max-entries = null", b -> b),
        pair("policy = NO", b -> b.policy(EvictionPolicy.NO)),
        pair("policy = inf", b -> b.policy(EvictionPolicy.INF)),
        pair("policy = lfu, max-entries = 3", b -> b.policy(EvictionPolicy.LFU).maxEntries(3)),
        pair("max-entries = 9, batch = 3", b -> b.maxEntries(9).batch(3)),
        pair("seed = -7, max-entries = 9", b -> b.maxEntries(9).seed(-7)),
        pair("purge = true", b -> b.purge(true)),
        pair("store-by-value = false", b -> b.storeByValue(false)),
        pair("statistics = true", b -> b.statistics(true)),
        pair("management = true", b -> b.management(true)),
        pair("failure = bypass", b -> b.failure(Failure.BYPASS)),
        pair("archive.location = \"dict:a\"", b -> b.archive(dict)),
        pair(
            "archive { location = \"dict:a\", namespace = \"n $\" }",
            b -> b.archive(dict).archiveNamespace("n $")),
        pair("archive { location = \"dict:a\", codec = raw }", b -> b.archive(dict).codec("raw")),
        pair(
            "archive { location = \"dict:a\", durability = memory }",
            b -> b.archive(dict).durability(Durability.MEMORY)),
        pair(
            "archive { location = \"dict:a\", allow = [com.example.A, \"com.example.b.*\"] }",
            b -> b.archive(dict).allow("com.example.A").allow("com.example.b.*")),
        pair(
            "archive { location = \"dict:a\", allow = com.example.A }",
            b -> b.archive(dict).allow("com.example.A")),
        pair(
            "archive { location = \"dict:a\", drop-on-destroy = true }",
            b -> b.archive(dict).dropOnDestroy(true)),
        pair(
            "archive { location = \"dict:a\", settings { pool-size = 4, \"a.b\" = x } }",
            b -> b.archive(dict).archiveSetting("pool-size", "4").archiveSetting("a.b", "x")),
        pair(
            "archive { location = \"dict:a\", mode = ON_EVICT }, purge = true",
            b -> b.archive(dict).archiveMode(ArchiveMode.ON_EVICT).purge(true)),
        pair("archive.mode = manual", b -> b.archiveMode(ArchiveMode.MANUAL)),
        pair(
            """
            archive.mode = write-behind
            write-behind {
              max-queued = 7, batch-size = 3, linger = 0s
              retries = 2, first-pause = 1 second, longest-pause = PT2S
            }
            """,
            b ->
                b.writeBehind(
                    WriteBehind.builder()
                        .maxQueued(7)
                        .batchSize(3)
                        .linger(Duration.ZERO)
                        .retries(2, Duration.ofSeconds(1), Duration.ofSeconds(2))
                        .build())),
        pair("write-behind.max-queued = 7", b -> b),
        pair(
            """
            archive.location = "dict:a"
            sharing {
              coherence = stamps, compute-once = host, compute-wait = 3s, change-wait = 4s
            }
            """,
            b ->
                b.archive(dict)
                    .sharing(
                        Sharing.builder()
                            .coherence(Coherence.STAMPS)
                            .computeOnce(ComputeOnce.HOST)
                            .computeWait(Duration.ofSeconds(3))
                            .changeWait(Duration.ofSeconds(4))
                            .build())),
        pair("rounding { depth = deep, digits = 3 }", b -> b.rounding(Rounding.deep(3))),
        pair("rounding { depth = simple, digits = -1 }", b -> b.rounding(Rounding.simple(-1))),
        pair("rounding.depth = shallow", b -> b.rounding(Rounding.shallow(0))),
        pair("rounding { depth = none, digits = 3 }", b -> b),
        pair("keymap = string", b -> b.keymap(Keymaps.string())),
        pair("keymap.type = serialized", b -> b.keymap(Keymaps.serialized())),
        pair("keymap { type = hash, algorithm = SHA-512 }", b -> b.keymap(Keymaps.hash("SHA-512"))),
        pair(
            "keymap { type = raw, typed = true, flat = false, sentinel = \"|\" }",
            b -> b.keymap(Keymaps.raw().typed(true).flat(false).sentinel("|"))),
        pair(
            "keymap = [{ type = string, typed = true }, hash]",
            b -> b.keymap(Keymaps.string().typed(true).then(Keymaps.hash()))),
        pair("expiry.policy = eternal", b -> b.expiry(EternalExpiryPolicy.factoryOf())),
        pair(
            "expiry { policy = created, after = 10 minutes }",
            b -> b.expiry(CreatedExpiryPolicy.factoryOf(minutes(10)))),
        pair(
            "expiry { policy = accessed, after = 1h }",
            b -> b.expiry(AccessedExpiryPolicy.factoryOf(minutes(60)))),
        pair(
            "expiry { policy = modified, after = PT5M }",
            b -> b.expiry(ModifiedExpiryPolicy.factoryOf(minutes(5)))),
        pair(
            "expiry { policy = touched, after = 60000 ms }",
            b -> b.expiry(TouchedExpiryPolicy.factoryOf(minutes(1)))),
        pair(
            "expiry.policy = " + nameOf(Parts.AtOnce.class),
            b -> b.expiry(made(Parts.AtOnce.class))),
        pair("loader = " + nameOf(Parts.Lengths.class), b -> b.loader(made(Parts.Lengths.class))),
        pair(
            "loader = " + nameOf(Parts.Lengths.class) + ", read-through = false",
            b -> b.loader(made(Parts.Lengths.class)).readThrough(false)),
        pair(
            "writer = " + nameOf(Parts.SharedWriter.class),
            b -> b.writer(made(Parts.SharedWriter.class))),
        pair(
            "writer = " + nameOf(Parts.SharedWriter.class) + ", write-through = false",
            b -> b.writer(made(Parts.SharedWriter.class)).writeThrough(false)),
        pair(
            "copier = " + nameOf(Parts.Shouting.class), b -> b.copier(made(Parts.Shouting.class))));
  }

  @TestFactory
  Stream<DynamicTest> everySetting_isTheBuilders() {
    return pairs()
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    pair.text().strip(),
                    () -> {
                      KleptoConfiguration<Object, Object> expected =
                          pair.built()
                              .apply(KleptoConfiguration.builder(Object.class, Object.class))
                              .build();
                      assertEquals(expected, ofCache(pair.text()), "of the cache");
                      if (!pair.text().contains("namespace")) {
                        String inDefaults = "klepto.defaults {\n" + pair.text() + "\n}";
                        assertEquals(expected, Reader.alone().cache(inDefaults), "by default");
                      }
                    }));
  }

  private static KleptoConfiguration<Object, Object> ofCache(String text) {
    return Reader.alone().cache("klepto.caches.c {\n" + text + "\n}");
  }

  @Test
  void types_areClassesAndArrays() {
    KleptoConfiguration<Object, Object> read =
        ofCache("key-type = String, value-type = \"double[][]\"");
    assertEquals(String.class, (Class<?>) read.getKeyType());
    assertEquals(double[][].class, (Class<?>) read.getValueType());
    assertEquals(
        java.time.LocalDate[].class,
        (Class<?>) ofCache("value-type = \"java.time.LocalDate[]\"").getValueType());
  }

  @Test
  void keymapsOfOnesOwn_standInTheChain() {
    String own = nameOf(Parts.FirstLetter.class);
    assertInstanceOf(
        Parts.FirstLetter.class, ofCache("keymap.type = " + own).keymap().orElseThrow());
    assertEquals(
        new Parts.FirstLetter().then(Keymaps.hash()).name(),
        ofCache("keymap = [{ type = " + own + " }, hash]").keymap().orElseThrow().name());
  }

  @Test
  void writeBehindListener_isMade() {
    KleptoConfiguration<Object, Object> read =
        ofCache(
            "archive.mode = write-behind, write-behind { max-queued = 3, listener = %s }"
                .formatted(nameOf(Parts.Indifferent.class)));
    assertInstanceOf(Parts.Indifferent.class, read.writeBehind().listenerOrNull());
    assertEquals(3, read.writeBehind().maxQueued());
    assertEquals(ArchiveMode.WRITE_BEHIND, read.archiveMode().orElseThrow());
  }

  @Test
  void loaderFactory_isAskedForTheLoader() {
    KleptoConfiguration<Object, Object> read =
        ofCache("loader = " + nameOf(Parts.LengthsFactory.class));
    assertInstanceOf(Parts.Lengths.class, read.getCacheLoaderFactory().create());
  }

  @Test
  void cache_liesAboveTheDefaults_keyByKey() {
    KleptoConfiguration<Object, Object> read =
        Reader.alone()
            .cache(
                """
                klepto {
                  defaults {
                    max-entries = 10, policy = LFU, statistics = true
                    expiry { policy = created, after = 1m }
                    archive { location = "dict:all", codec = raw, settings.a = b }
                  }
                  caches.c { max-entries = 5, expiry.after = 2m, archive.mode = on-evict }
                }
                """);
    assertEquals(new EvictionSettings(EvictionPolicy.LFU, 5, 1, 0), read.eviction());
    assertEquals(CreatedExpiryPolicy.factoryOf(minutes(2)), read.getExpiryPolicyFactory());
    assertEquals("raw", read.archive().orElseThrow().codec());
    assertEquals(Map.of("a", "b"), read.archive().orElseThrow().settings().values());
    assertEquals(ArchiveMode.ON_EVICT, read.archiveMode().orElseThrow());
  }

  @Test
  void whatACacheSays_takesAwayWhatContradictsIt() {
    String defaults =
        "klepto.defaults { max-entries = 10, policy = LFU, keymap { type = hash, typed = true }"
            + " }\n";
    assertEquals(
        EvictionSettings.UNBOUNDED,
        Reader.alone().cache(defaults + "klepto.caches.c.policy = INF").eviction().maxEntries());
    assertEquals(
        0, Reader.alone().cache(defaults + "klepto.caches.c.policy = NO").eviction().maxEntries());
    assertEquals(
        EvictionSettings.UNBOUNDED,
        Reader.alone()
            .cache(defaults + "klepto.caches.c.max-entries = unbounded")
            .eviction()
            .maxEntries());
    assertEquals(
        Keymaps.raw(),
        Reader.alone()
            .cache(defaults + "klepto.caches.c.keymap.type = raw")
            .keymap()
            .orElseThrow());
    assertEquals(
        7,
        Reader.alone()
            .cache("klepto { defaults.policy = INF, caches.c.max-entries = 7 }")
            .eviction()
            .maxEntries());
    assertEquals(
        Map.of(),
        Reader.alone()
            .cache(
                """
                klepto.defaults.archive { location = "dir:x", settings.compression = deflate }
                klepto.caches.c.archive.location = "dict:x"
                """)
            .archive()
            .orElseThrow()
            .settings()
            .values());
  }

  @Test
  void patterns_exemptFromDefaults() {
    String text =
        """
        klepto {
          defaults { max-entries = 10, statistics = true, expiry { policy = created, after = 1m } }
          no-defaults = ["plain*", "x?z"]
          keep-all = "*stamps"
          caches.my-stamps.management = true
        }
        """;
    CachesSettings read = Reader.alone().read("test.conf", text, new Properties());
    KleptoConfiguration<Object, Object> nothing =
        KleptoConfiguration.builder(Object.class, Object.class).build();
    assertEquals(nothing, Reader.configuration(read.of("plain.$ one")));
    assertEquals(nothing, Reader.configuration(read.of("x.z")));
    assertNotEquals(nothing, Reader.configuration(read.of("x..z")));
    KleptoConfiguration<Object, Object> kept =
        KleptoConfiguration.builder(Object.class, Object.class).statistics(true).build();
    assertEquals(kept, Reader.configuration(read.of("a.stamps")));
    assertEquals(
        KleptoConfiguration.builder(kept).management(true).build(),
        Reader.configuration(read.of("my-stamps")));
    assertEquals(10, Reader.configuration(read.of("stamps2")).eviction().maxEntries());
  }

  @Test
  void properties_sayTheSame_andReplaceTheFile() {
    Properties properties = new Properties();
    properties.setProperty("klepto.caches.\"c.d $ #\".max-entries", "20");
    properties.setProperty("klepto.defaults.archive.allow.0", "com.example.A");
    properties.setProperty("klepto.defaults.archive.allow.1", "com.example.B");
    properties.setProperty("hibernate.something", "else");
    CachesSettings read =
        Reader.alone()
            .read(
                "test.conf",
                "klepto { caches.\"c.d $ #\" { max-entries = 10, policy = LFU }\n"
                    + "defaults.archive.location = \"dict:x\" }",
                properties);
    KleptoConfiguration<Object, Object> cache = Reader.configuration(read.of("c.d $ #"));
    assertEquals(new EvictionSettings(EvictionPolicy.LFU, 20, 1, 0), cache.eviction());
    assertEquals(
        java.util.List.of("com.example.A", "com.example.B"),
        cache.archive().orElseThrow().allowed());
  }

  @Test
  void otherFormats_sayTheSame() {
    String json = "{ \"klepto\": { \"caches\": { \"c\": { \"max-entries\": 3 } } } }";
    String properties = "# ours\nother=1\nklepto.caches.c.max-entries : \\\n 3\n";
    for (CachesSettings read :
        new CachesSettings[] {
          Reader.alone().read("test.json", json, new Properties()),
          Reader.alone().read("test.properties", properties, new Properties())
        }) {
      assertEquals(3, Reader.configuration(read.of("c")).eviction().maxEntries());
    }
  }

  @Test
  void substitutions_comeFromTheFile_orFromOutside() {
    String text =
        """
        bound = 4
        place = ${?PLACE}
        klepto.caches.c {
          max-entries = ${bound}
          batch = ${?missing}
          archive.location = "dict:"${place}
          archive.settings { password = ${db.password} }
        }
        """;
    Map<String, String> outside = Map.of("PLACE", "here", "db.password", "secret", "bound", "5");
    KleptoConfiguration<Object, Object> read = new Reader(outside).cache(text);
    assertEquals(4, read.eviction().maxEntries());
    assertEquals(1, read.eviction().batch());
    assertEquals(URI.create("dict:here"), read.archive().orElseThrow().location());
    assertEquals("secret", read.archive().orElseThrow().settings().values().get("password"));
  }

  @Test
  void systemProperty_comesBeforeTheEnvironment() {
    Outside both = new Outside(Map.of("A", "1")::get, Map.of("A", "2", "B", "3")::get);
    assertEquals("1", both.lookup("A").unwrapped());
    assertEquals("3", both.lookup("B").unwrapped());
    assertNull(both.lookup("C"));
  }
}
