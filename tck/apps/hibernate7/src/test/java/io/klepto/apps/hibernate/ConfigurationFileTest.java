package io.klepto.apps.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application with {@code hibernate.javax.cache.uri}, which names a file of ours. */
final class ConfigurationFileTest {
  private static final BigDecimal PRICE = new BigDecimal("8.50");
  private static int databases;

  @TempDir Path folder;
  private String database;

  @BeforeEach
  void start() {
    Regions.place(folder);
    database = "jdbc:h2:mem:file-" + ++databases + ";DB_CLOSE_DELAY=-1";
  }

  @AfterEach
  void stop() {
    Caching.getCachingProvider().close();
  }

  @Test
  void file_asResourceAndAsUrl_configuresEveryRegion() throws URISyntaxException {
    URL resource = getClass().getClassLoader().getResource(Regions.FILE);
    List<String> spellings =
        List.of(
            Regions.FILE, "/" + Regions.FILE, "classpath://" + Regions.FILE, resource.toString());
    for (String spelling : spellings) {
      try (Catalogue catalogue = Catalogue.open(database, spelling, "fail")) {
        assertEquals(List.of(), catalogue.cheaperThan("1"), spelling);
        CacheManager manager = manager(resource.toURI());
        assertEquals(
            Set.of(
                Catalogue.AUTHORS,
                Catalogue.AUTHORS_BY_NAME,
                Catalogue.BOOKS,
                Catalogue.BOOKS_OF_AUTHOR,
                Catalogue.QUERIES,
                Catalogue.TIMESTAMPS),
            namesIn(manager),
            spelling);
        assertEquals(1, configurationOf(manager, Catalogue.BOOKS).eviction().maxEntries());
        assertEquals(1, configurationOf(manager, Catalogue.QUERIES).eviction().maxEntries());
      }
    }
  }

  @Test
  void timestamps_areKeptWhole_inTheArchiveThatQueryResultsHave() throws URISyntaxException {
    try (Catalogue catalogue = Catalogue.open(database, Regions.FILE, "fail")) {
      catalogue.fill();
      CacheManager manager = manager(getClass().getClassLoader().getResource(Regions.FILE).toURI());
      KleptoConfiguration<?, ?> timestamps = configurationOf(manager, Catalogue.TIMESTAMPS);
      assertFalse(timestamps.eviction().isBounded());
      assertEquals(
          configurationOf(manager, Catalogue.QUERIES).archive().orElseThrow().location(),
          timestamps.archive().orElseThrow().location());
    }
  }

  @Test
  void strategyFail_withoutOneRegion_namesIt() throws IOException {
    String file = conf("klepto.caches { \"" + Catalogue.TIMESTAMPS + "\" {} }");
    String found =
        Failures.told(RuntimeException.class, () -> Catalogue.open(database, file, "fail"));
    assertTrue(found.contains("[" + Catalogue.QUERIES + "]"), found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "create-warn"})
  void strategyCreate_givesRegionsTheDefaultsOfTheFile(String strategy) throws IOException {
    String file = conf("klepto { defaults.max-entries = 5, caches.other {} }");
    try (Warnings warnings = Warnings.of("org.hibernate");
        Catalogue catalogue = Catalogue.open(database, file, strategy)) {
      catalogue.fill();
      CacheManager manager = manager(URI.create(file));
      assertEquals(5, configurationOf(manager, Catalogue.BOOKS).eviction().maxEntries());
      assertEquals(5, configurationOf(manager, Catalogue.AUTHORS_BY_NAME).eviction().maxEntries());
      assertFalse(configurationOf(manager, Catalogue.TIMESTAMPS).eviction().isBounded());
      assertEquals(
          strategy.equals("create-warn"),
          warnings.tellOf("[" + Catalogue.AUTHORS_BY_NAME + "]"),
          warnings::toString);
    }
  }

  /** Results of queries die with the process, and so do the timestamps; entities live on. */
  @Test
  void fileThatPersistsEntitiesAlone_isObeyed() throws IOException {
    String file =
        conf(
            """
            klepto {
              defaults.archive { location = ${library.regions}, allow = ["org.hibernate.*"] }
              no-defaults = ["default-*-region"]
            }
            """);
    try (Catalogue first = Catalogue.open(database, file, "create")) {
      first.fill();
      assertEquals(List.of("Animal Farm"), first.cheaperThan("10"));
      assertEquals(0, first.statements(List.of("Animal Farm"), c -> c.cheaperThan("10")));
    }
    try (Catalogue second = Catalogue.open(database, file, "create")) {
      assertEquals(0, second.statements(PRICE, c -> c.priceOf(Catalogue.FARM)));
      assertNotEquals(0, second.statements(List.of("Animal Farm"), c -> c.cheaperThan("10")));
    }
  }

  @Test
  void brokenFile_stopsTheStart_andIsToldWithLineAndKey() throws IOException {
    String file = conf("klepto.caches {\n \"" + Catalogue.AUTHORS_BY_NAME + "\" { bacht = 2 } }");
    String found =
        Failures.told(RuntimeException.class, () -> Catalogue.open(database, file, "fail"));
    assertTrue(
        found.contains(
            folder.resolve("regions.conf")
                + ", line 2: klepto.caches.\""
                + Catalogue.AUTHORS_BY_NAME
                + "\".bacht: expected a key that is known here, found bacht; did you mean batch?"),
        found);
  }

  @Test
  void missingFile_stopsTheStart_andIsToldWithItsPlace() {
    Path missing = folder.resolve("missing.conf");
    String found =
        Failures.told(
            RuntimeException.class,
            () -> Catalogue.open(database, missing.toUri().toString(), "fail"));
    assertTrue(found.contains("expected a file, found none at " + missing), found);
  }

  private String conf(String text) throws IOException {
    return Files.writeString(folder.resolve("regions.conf"), text).toUri().toString();
  }

  /** The manager that Hibernate asked for: the same URI and class loader. */
  private static CacheManager manager(URI file) {
    CachingProvider provider = Caching.getCachingProvider();
    return provider.getCacheManager(file, provider.getDefaultClassLoader());
  }

  private static Set<String> namesIn(CacheManager manager) {
    Set<String> names = new HashSet<>();
    manager.getCacheNames().forEach(names::add);
    return names;
  }

  @SuppressWarnings("unchecked")
  private static KleptoConfiguration<Object, Object> configurationOf(
      CacheManager manager, String cache) {
    return manager.getCache(cache).getConfiguration(KleptoConfiguration.class);
  }
}
