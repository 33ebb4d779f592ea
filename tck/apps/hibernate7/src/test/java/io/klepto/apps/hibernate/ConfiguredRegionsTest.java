package io.klepto.apps.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions that the application configures: in an archive, with little memory. */
final class ConfiguredRegionsTest {
  private static final String DATABASE = "jdbc:h2:mem:configured";

  @TempDir Path folder;

  @AfterEach
  void stop() {
    Caching.getCachingProvider().close();
  }

  @Test
  void missingCacheStrategyFail_withoutRegions_namesTheFirst() {
    CacheManager empty = Regions.manager();
    String found =
        Failures.told(HibernateException.class, () -> Catalogue.open(DATABASE, empty, "fail"));
    assertTrue(found.contains("[" + Catalogue.TIMESTAMPS + "]"), found);
  }

  @Test
  void missingCacheStrategyFail_withAllRegions_starts() {
    try (Catalogue catalogue = Catalogue.open(DATABASE, Regions.archived(folder), "fail")) {
      catalogue.fill();
      assertEquals(new BigDecimal("8.50"), catalogue.priceOf(Catalogue.FARM));
      catalogue.evictEntities();
      assertNotEquals(
          0, catalogue.statements(new BigDecimal("8.50"), c -> c.priceOf(Catalogue.FARM)));
      assertEquals(0, catalogue.statements(new BigDecimal("8.50"), c -> c.priceOf(Catalogue.FARM)));
    }
  }

  @Test
  void close_ofTheApplication_closesAManagerThatItWasGivenToo() {
    CacheManager caches = Regions.archived(folder);
    Catalogue.open(DATABASE, caches, "fail").close();
    assertTrue(caches.isClosed());
  }

  @Test
  void archivedRegion_beforeItIsCreated_isNoCache() {
    try (Catalogue catalogue = Catalogue.open(DATABASE, Regions.archived(folder), "fail")) {
      catalogue.fill();
    }
    assertNull(Regions.manager().getCache(Catalogue.BOOKS));
  }
}
