package io.klepto.apps.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.apps.hibernate.Library.Author;
import io.klepto.apps.hibernate.Library.Book;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import javax.cache.CacheManager;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/**
 * An application of Hibernate: the catalogue of a library in an H2 database, with second-level and
 * query cache. Each of its methods is a session and a transaction of its own, and what it reads can
 * come from the caches alone.
 */
final class Catalogue implements AutoCloseable {
  static final String AUTHORS = Author.class.getName();
  static final String AUTHORS_BY_NAME = AUTHORS + "##NaturalId";
  static final String BOOKS = Book.class.getName();
  static final String BOOKS_OF_AUTHOR = AUTHORS + ".books";
  static final String QUERIES = "default-query-results-region";
  static final String TIMESTAMPS = "default-update-timestamps-region";

  static final long ORWELL = 1;
  static final long FARM = 1;
  private static final String CHEAP = "select b from Book b where b.price < :price order by b.id";

  private final SessionFactory sessions;

  private Catalogue(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** Starts it with a manager that the application brings, which Hibernate closes at the end. */
  static Catalogue open(String databaseUrl, CacheManager caches, String missingCacheStrategy) {
    Configuration configuration = configuration(databaseUrl, missingCacheStrategy);
    configuration.getProperties().put("hibernate.javax.cache.cache_manager", caches);
    return new Catalogue(configuration.buildSessionFactory());
  }

  /** Starts it with the manager whose file it names, as {@code hibernate.javax.cache.uri}. */
  static Catalogue open(String databaseUrl, String file, String missingCacheStrategy) {
    return new Catalogue(
        configuration(databaseUrl, missingCacheStrategy)
            .setProperty("hibernate.javax.cache.uri", file)
            .buildSessionFactory());
  }

  /** Starts it with the manager that Hibernate itself asks the one provider for. */
  static Catalogue open(String databaseUrl) {
    return new Catalogue(configuration(databaseUrl, "create").buildSessionFactory());
  }

  private static Configuration configuration(String databaseUrl, String missingCacheStrategy) {
    return new Configuration()
        .addAnnotatedClass(Author.class)
        .addAnnotatedClass(Book.class)
        .setProperty("hibernate.connection.url", databaseUrl)
        .setProperty("hibernate.hbm2ddl.auto", "update")
        .setProperty("hibernate.generate_statistics", "true")
        .setProperty("hibernate.cache.region.factory_class", "jcache")
        .setProperty("hibernate.cache.use_second_level_cache", "true")
        .setProperty("hibernate.cache.use_query_cache", "true")
        .setProperty("hibernate.javax.cache.missing_cache_strategy", missingCacheStrategy);
  }

  /** Puts George Orwell and two of his books into the database. */
  void fill() {
    sessions.inTransaction(
        session -> {
          Author orwell = new Author(ORWELL, "George Orwell", LocalDate.of(1903, 6, 25));
          orwell.wrote(new Book(FARM, "Animal Farm", new BigDecimal("8.50")));
          orwell.wrote(new Book(2, "Nineteen Eighty-Four", new BigDecimal("12.00")));
          session.persist(orwell);
        });
  }

  BigDecimal priceOf(long book) {
    return sessions.fromTransaction(session -> session.find(Book.class, book).price);
  }

  void reprice(long book, String price) {
    sessions.inTransaction(session -> session.find(Book.class, book).price = new BigDecimal(price));
  }

  List<String> titlesBy(long author) {
    return sessions.fromTransaction(
        session ->
            session.find(Author.class, author).books.stream().map(book -> book.title).toList());
  }

  @SuppressWarnings("deprecation") // Hibernate 6 has not what replaces it in 7
  LocalDate birthOf(String author) {
    return sessions.fromTransaction(
        session -> session.byNaturalId(Author.class).using("name", author).load().born);
  }

  /** The titles below a price, by a query whose result is cached. */
  List<String> cheaperThan(String price) {
    return sessions.fromTransaction(
        session ->
            session
                .createSelectionQuery(CHEAP, Book.class)
                .setParameter("price", new BigDecimal(price))
                .setCacheable(true)
                .getResultList()
                .stream()
                .map(book -> book.title)
                .toList());
  }

  <T> T inTransaction(Function<Session, T> work) {
    return sessions.fromTransaction(work);
  }

  /** Says how many statements the database got from a call. */
  <T> long statements(T expected, Function<Catalogue, T> call) {
    long before = sessions.getStatistics().getPrepareStatementCount();
    assertEquals(expected, call.apply(this));
    return sessions.getStatistics().getPrepareStatementCount() - before;
  }

  /** Empties every region, as an administrator does. */
  void evictAll() {
    sessions.getCache().evictAllRegions();
  }

  void evictEntities() {
    sessions.getCache().evictEntityData();
  }

  @Override
  public void close() {
    sessions.close();
  }
}
