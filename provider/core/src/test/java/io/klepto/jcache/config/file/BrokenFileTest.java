package io.klepto.jcache.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The message of each thing that can be wrong in a file: file, line, key, expected, found. */
final class BrokenFileTest {
  /** A text, and what is said of it. */
  private record Broken(String text, String message) {}

  private static Broken broken(String text, String message) {
    return new Broken(text, message);
  }

  /** What is wrong within a cache that begins on line 1. */
  private static Broken inCache(String line, String message) {
    return new Broken("klepto.caches.c {\n" + line + "\n}", "test.conf, line 2: " + message);
  }

  private static final String KEY = "klepto.caches.c.";

  private static Stream<Broken> names() {
    return Stream.of(
        inCache(
            "max-entris = 10",
            KEY
                + "max-entris: expected a key that is known here, found max-entris; did you mean"
                + " max-entries?"),
        inCache(
            "maxEntries = 10",
            KEY
                + "maxEntries: expected a key that is known here, found maxEntries; did you mean"
                + " max-entries?"),
        inCache(
            "archive { location = \"dict:a\", codek = raw }",
            KEY
                + "archive.codek: expected a key that is known here, found codek; did you mean"
                + " codec?"),
        inCache(
            "expiry.until = 1h",
            KEY
                + "expiry.until: expected a key that is known here, found until; known are after,"
                + " policy"),
        inCache(
            "rounding.digit = 1",
            KEY
                + "rounding.digit: expected a key that is known here, found digit; did you mean"
                + " digits?"),
        inCache(
            "listeners = [{ class = a.B, filters = a.C }]",
            KEY
                + "listeners[].filters: expected a key that is known here, found filters; did you"
                + " mean filter?"),
        inCache(
            "keymap { type = hash, algoritm = MD5 }",
            KEY
                + "keymap[].algoritm: expected a key that is known here, found algoritm; did you"
                + " mean algorithm?"),
        broken(
            "klepto {\n default { batch = 2 }\n}",
            "test.conf, line 2: klepto.default: expected a key that is known here, found default;"
                + " did you mean defaults?"),
        broken(
            "klepto {\n caches {\n \"a.b $ ##\" {\n bath = 2 } } }",
            "test.conf, line 4: klepto.caches.\"a.b $ ##\".bath: expected a key that is known here,"
                + " found bath; did you mean batch?"),
        broken(
            "\nkelpto.caches.c.batch = 2",
            "test.conf, line 2: kelpto: expected settings below klepto, found kelpto; did you mean"
                + " klepto?"),
        broken(
            "caches.c.batch = 2", "test.conf: expected settings within klepto { }, found caches"),
        broken("# nothing", "test.conf: expected settings within klepto { }, found nothing"));
  }

  private static Stream<Broken> types() {
    return Stream.of(
        inCache(
            "max-entries = many",
            KEY
                + "max-entries: expected a whole number of entries, at least 0, or unbounded, found"
                + " \"many\""),
        inCache(
            "max-entries = -1",
            KEY
                + "max-entries: expected a whole number of entries, at least 0, or unbounded, found"
                + " -1"),
        inCache(
            "max-entries = [1]",
            KEY
                + "max-entries: expected a whole number of entries, at least 0, or unbounded, found"
                + " a list"),
        inCache(
            "batch = 0", KEY + "batch: expected a whole number of entries, at least 1, found 0"),
        inCache("seed = 1.5", KEY + "seed: expected a whole number, found 1.5"),
        inCache(
            "purge = yes please", KEY + "purge: expected one of false, true, found \"yes please\""),
        inCache(
            "statistics {}",
            KEY + "statistics: expected one of false, true, found settings within { }"),
        inCache("archive = [1]", KEY + "archive: expected settings within { }, found a list"),
        inCache("archive = \"dir:x\"", KEY + "archive: expected settings within { }, found a text"),
        inCache(
            "listeners = [a.B]", KEY + "listeners[]: expected settings within { }, found a text"),
        inCache(
            "listeners = [{ filter = a.B }]",
            KEY + "listeners[]: expected a listener with its class, found one without"),
        inCache(
            "archive { location = \"dict:a\", allow = [a, null] }",
            KEY
                + "archive.allow: expected names of classes, or of packages as some.package.*,"
                + " found null among them"),
        inCache("key-type = \" \"", KEY + "key-type: expected the name of a class, found \" \""),
        broken(
            "klepto.caches = 3",
            "test.conf, line 1: klepto.caches: expected settings within { }, found a number"),
        broken(
            "klepto.caches.c = 3",
            "test.conf, line 1: klepto.caches.c: expected settings within { }, found a number"),
        broken(
            "klepto.caches.\"\".batch = 3",
            "test.conf, line 1: klepto.caches.\"\": expected the name of a cache, found an empty"
                + " one"),
        broken(
            "klepto.defaults.archive.namespace = n",
            "test.conf, line 1: klepto.defaults.archive.namespace: expected no namespace among the"
                + " defaults, found one; it belongs to one cache"));
  }

  private static Stream<Broken> words() {
    return Stream.of(
        inCache(
            "policy = LRV",
            KEY
                + "policy: expected one of LRU, LFU, MRU, RR, NO, INF, found \"LRV\"; did you mean"
                + " LRU?"),
        inCache(
            "policy = clock-pro",
            KEY + "policy: expected one of LRU, LFU, MRU, RR, NO, INF, found \"clock-pro\""),
        inCache(
            "archive { location = \"dict:a\", mode = write-trough }",
            KEY
                + "archive.mode: expected one of write-through, write-behind, on-evict, manual,"
                + " found \"write-trough\"; did you mean write-through?"),
        inCache(
            "sharing.coherence = stamp",
            KEY
                + "sharing.coherence: expected one of none, stamps, found \"stamp\"; did you mean"
                + " stamps?"),
        inCache(
            "failure = bypas",
            KEY + "failure: expected one of throw, bypass, found \"bypas\"; did you mean bypass?"),
        inCache(
            "expiry { policy = create, after = 1h }",
            KEY
                + "expiry.policy: expected one of eternal, created, accessed, modified, touched,"
                + " found \"create\"; did you mean created?"),
        inCache(
            "expiry { policy = created }",
            KEY
                + "expiry.policy: expected a duration beside it, as after = 10 minutes, found"
                + " none"),
        inCache(
            "expiry { policy = created, after = 10 }",
            KEY
                + "expiry.after: expected a duration with its unit, such as 10 minutes, 500ms or"
                + " PT10M, found 10"),
        inCache(
            "expiry { policy = created, after = 10 parsecs }",
            KEY
                + "expiry.after: expected a duration with its unit, such as 10 minutes, 500ms or"
                + " PT10M, found \"10 parsecs\""),
        inCache(
            "expiry { policy = created, after = -1s }",
            KEY
                + "expiry.after: expected a duration with its unit, such as 10 minutes, 500ms or"
                + " PT10M, found \"-1s\""),
        inCache(
            "expiry { policy = created, after = 10us }",
            KEY
                + "expiry.after: expected a duration of whole milliseconds, up to 292 years, found"
                + " \"10us\""),
        inCache(
            "keymap.type = hasch",
            KEY
                + "keymap[].type: expected one of raw, hash, string, serialized, found \"hasch\";"
                + " did you mean hash?"),
        inCache(
            "keymap { type = hash, algorithm = SHA-9 }",
            KEY
                + "keymap[].algorithm: expected a digest algorithm of this platform, such as"
                + " SHA-256, found \"SHA-9\""),
        inCache(
            "archive.location = results",
            KEY
                + "archive.location: expected a URI with a scheme, such as file:results.klepto or"
                + " dir:results, found none"),
        inCache(
            "archive.location = \"dir:my results\"",
            KEY
                + "archive.location: expected a URI with a scheme, such as file:results.klepto or"
                + " dir:results, found one that breaks off at character 6; write a space as %20 and"
                + " \\ as /"),
        inCache(
            "archive.location = \"C:/results\"",
            KEY
                + "archive.location: expected a URI with a scheme, such as file:results.klepto or"
                + " dir:results, found the letter of a drive"));
  }

  private static Stream<Broken> contradictions() {
    return Stream.of(
        broken(
            """
            klepto.caches {
              c { policy = LRU, max-entries = 0, batch = 1 }
              d { policy = NO, max-entries = 3 }
            }
            """,
            "test.conf, line 3: klepto.caches.d: expected settings that agree, found maxEntries:"
                + " expected 0 entries with policy NO, found 3"),
        broken(
            "klepto.caches.c { purge = true, archive { location = \"dict:a\", mode = manual } }",
            "test.conf, line 1: klepto.caches.c: expected settings that agree, found purge:"
                + " expected archive mode ON_EVICT, which dumps when entries are evicted, found"
                + " MANUAL"),
        broken(
            """
            klepto.caches {
              a { archive.location = "dict:x" }
              b { archive { location = "dict:x", namespace = a } }
            }
            """,
            "test.conf, line 3: klepto.caches.b: expected a part of the archive that no other cache"
                + " has, found that of cache a, namespace a of dict:x; give each its own"
                + " archive.namespace"),
        inCache(
            "listeners = [{ class = a.B }, { class = a.B, synchronous = false }]",
            KEY + "listeners[]: expected each listener once, found the same twice"),
        inCache(
            "sharing { coherence = stamps, change-wait = 0s }",
            KEY
                + "sharing: expected settings that agree, found changeWait: expected a duration"
                + " greater than 0, found PT0S"));
  }

  private static Stream<Broken> syntax() {
    return Stream.of(
        broken(
            "klepto {\n caches {\n",
            "test.conf, line 3: expected HOCON, found otherwise: the file ends within braces,"
                + " brackets or quotes"),
        broken(
            "klepto {\n password = my:secret }",
            "test.conf, line 2: expected HOCON, found otherwise: Expecting close brace } or a"
                + " comma, got ':'"),
        broken(
            "klepto.caches.c.batch = ${NOWHERE}",
            "test.conf: expected all substitutions to be known, found otherwise: test.conf: 1:"
                + " Could not resolve substitution to a value: ${NOWHERE}; set it as an environment"
                + " variable or a system property, or write ${?NAME} if it may be missing"));
  }

  @TestFactory
  Stream<DynamicTest> everyMistake_isToldExactly() {
    return Stream.of(names(), types(), words(), contradictions(), syntax())
        .flatMap(each -> each)
        .map(each -> DynamicTest.dynamicTest(each.text(), () -> check("test.conf", each)));
  }

  private static void check(String name, Broken broken) {
    assertEquals(broken.message(), refusal(name, broken.text()));
  }

  private static String refusal(String name, String text) {
    return assertThrows(
            CacheException.class, () -> Reader.alone().read(name, text, new Properties()))
        .getMessage();
  }

  @Test
  void json_isToldWithoutItsText() {
    check(
        "test.json",
        broken(
            "{ \"klepto\":\n hunter2 }",
            "test.json, line 2: expected JSON, found otherwise: Token not allowed in valid JSON:"
                + " '…'"));
  }

  @Test
  void propertiesFile_isToldWithItsLine() {
    check(
        "test.properties",
        broken(
            "# comment\nklepto.caches.c.seed = \\\n 1\nklepto.caches.c.bath = 1\n",
            "test.properties, line 4: klepto.caches.c.bath: expected a key that is known here,"
                + " found bath; did you mean batch?"));
    check(
        "test.properties",
        broken(
            "klepto.caches.c.batch = 1\n\nklepto.caches.c.batch = 2\n",
            "test.properties, line 3: expected klepto.caches.c.batch once, found it on line 1,"
                + " too"));
    check(
        "test.properties",
        broken(
            "klepto.caches.a$b.batch = 1\n",
            "test.properties, line 1: expected names separated by dots, quoted where a name has"
                + " more than letters, digits and hyphens, found klepto.caches.a$b.batch"));
  }

  @Test
  void managersProperties_areToldAsSuch() {
    Properties properties = new Properties();
    properties.setProperty("klepto.defaults.batch", "none");
    assertEquals(
        "the manager's properties: klepto.defaults.batch: expected a whole number of entries, at"
            + " least 1, found \"none\"",
        assertThrows(
                CacheException.class,
                () -> Reader.alone().read("test.conf", "klepto {}", properties))
            .getMessage());
  }

  @Test
  void valueFromOutside_isNotShown() {
    Reader reader = new Reader(Map.of("BATCH", "hunter2", "POLICY", "hunter2"));
    for (String text :
        new String[] {
          "klepto.caches.c.batch = ${BATCH}",
          "klepto.caches.c.policy = x${POLICY}",
          "klepto.caches.c.expiry.after = ${BATCH}",
          "klepto.caches.c.archive.location = ${BATCH}",
        }) {
      String message =
          assertThrows(CacheException.class, () -> reader.read("test.conf", text, new Properties()))
              .getMessage();
      assertEquals(-1, message.indexOf("hunter2"), message);
    }
  }
}
