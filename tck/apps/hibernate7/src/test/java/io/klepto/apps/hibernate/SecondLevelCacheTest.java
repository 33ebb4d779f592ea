package io.klepto.apps.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.apps.hibernate.Library.Book;
import io.klepto.jcache.KleptoCachingProvider;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Hibernate keeps in caches that it creates itself, as it does for most applications. */
final class SecondLevelCacheTest {
  private static final List<String> ORWELLS = List.of("Animal Farm", "Nineteen Eighty-Four");
  private static int databases;

  private Catalogue catalogue;

  @BeforeEach
  void start() {
    catalogue = Catalogue.open("jdbc:h2:mem:second-level-" + ++databases);
    catalogue.fill();
  }

  @AfterEach
  void stop() {
    catalogue.close();
    Caching.getCachingProvider().close();
  }

  @Test
  void regions_createdByHibernate_haveItsNames() {
    Set<String> names = new HashSet<>();
    manager().getCacheNames().forEach(names::add);
    assertEquals(
        Set.of(
            "io.klepto.apps.hibernate.Library$Author",
            "io.klepto.apps.hibernate.Library$Author##NaturalId",
            "io.klepto.apps.hibernate.Library$Author.books",
            "io.klepto.apps.hibernate.Library$Book",
            "default-query-results-region",
            "default-update-timestamps-region"),
        names);
    assertEquals(KleptoCachingProvider.class, manager().getCachingProvider().getClass());
  }

  @Test
  void entity_foundAgain_needsNoStatement() {
    catalogue.evictAll();
    assertNotEquals(
        0, catalogue.statements(new BigDecimal("8.50"), c -> c.priceOf(Catalogue.FARM)));
    assertEquals(0, catalogue.statements(new BigDecimal("8.50"), c -> c.priceOf(Catalogue.FARM)));
  }

  @Test
  void collection_readAgain_needsNoStatement() {
    assertNotEquals(0, catalogue.statements(ORWELLS, c -> c.titlesBy(Catalogue.ORWELL)));
    assertEquals(0, catalogue.statements(ORWELLS, c -> c.titlesBy(Catalogue.ORWELL)));
  }

  @Test
  void naturalId_resolvedAgain_needsNoStatement() {
    catalogue.evictAll();
    LocalDate birth = LocalDate.of(1903, 6, 25);
    assertNotEquals(0, catalogue.statements(birth, c -> c.birthOf("George Orwell")));
    assertEquals(0, catalogue.statements(birth, c -> c.birthOf("George Orwell")));
  }

  @Test
  void query_askedAgain_needsNoStatement() {
    assertNotEquals(0, catalogue.statements(List.of("Animal Farm"), c -> c.cheaperThan("10")));
    assertEquals(0, catalogue.statements(List.of("Animal Farm"), c -> c.cheaperThan("10")));
    assertNotEquals(0, catalogue.statements(ORWELLS, c -> c.cheaperThan("20")));
  }

  @Test
  void query_afterAnUpdate_seesIt() {
    assertEquals(List.of("Animal Farm"), catalogue.cheaperThan("10"));
    catalogue.reprice(Catalogue.FARM, "11.00");
    assertEquals(List.of(), catalogue.cheaperThan("10"));
    assertEquals(new BigDecimal("11.00"), catalogue.priceOf(Catalogue.FARM));
  }

  @Test
  void update_rolledBack_isSeenByNobody() {
    assertThrows(
        IllegalStateException.class,
        () ->
            catalogue.inTransaction(
                session -> {
                  session.find(Book.class, Catalogue.FARM).price = new BigDecimal("1.00");
                  session.flush();
                  throw new IllegalStateException("rolled back");
                }));
    assertEquals(new BigDecimal("8.50"), catalogue.priceOf(Catalogue.FARM));
  }

  @Test
  void update_underWay_isSeenAfterItsCommitOnly() {
    assertEquals(new BigDecimal("8.50"), catalogue.priceOf(Catalogue.FARM));
    catalogue.inTransaction(
        session -> {
          session.find(Book.class, Catalogue.FARM).price = new BigDecimal("9.00");
          session.flush();
          assertEquals(new BigDecimal("8.50"), catalogue.priceOf(Catalogue.FARM));
          return null;
        });
    assertEquals(new BigDecimal("9.00"), catalogue.priceOf(Catalogue.FARM));
  }

  @Test
  void evictEntityData_thenFind_asksTheDatabase() {
    assertEquals(new BigDecimal("8.50"), catalogue.priceOf(Catalogue.FARM));
    catalogue.evictEntities();
    assertNotEquals(
        0, catalogue.statements(new BigDecimal("8.50"), c -> c.priceOf(Catalogue.FARM)));
  }

  @Test
  void close_ofTheApplication_closesTheManager() {
    CacheManager manager = manager();
    catalogue.close();
    assertTrue(manager.isClosed());
  }

  private static CacheManager manager() {
    return Caching.getCachingProvider().getCacheManager();
  }
}
