package io.klepto.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the annotations do on the methods of beans. */
final class CachedBeanTest {
  /** Says what ran; the beans themselves are behind proxies. */
  @ApplicationScoped
  static class Log {
    private final List<String> lines = new ArrayList<>();

    void add(String line) {
      lines.add(line);
    }

    List<String> lines() {
      return List.copyOf(lines);
    }
  }

  @ApplicationScoped
  static class Articles {
    @Inject Log log;

    @CacheResult(cacheName = "prices")
    long price(String article) {
      log.add("price " + article);
      return article.length();
    }

    @CacheResult(cacheName = "names", exceptionCacheName = "no names", skipGet = false)
    String name(int number, @CacheKey long key) throws IOException {
      log.add("name " + number);
      if (key < 0) {
        throw new IOException("no article " + key);
      }
      return "article " + key;
    }

    @CacheResult(cacheName = "all")
    List<String> all() {
      log.add("all");
      return List.of("apple");
    }

    @CachePut(cacheName = "prices", afterInvocation = false)
    void change(String article, @CacheValue long price) {
      log.add("change " + article);
      if (price < 0) {
        throw new IllegalArgumentException("negative");
      }
    }

    @CacheRemove(cacheName = "prices", afterInvocation = false)
    void remove(String article) {
      log.add("remove " + article);
    }

    @CacheRemoveAll(cacheName = "prices")
    void removeAll() {
      log.add("removeAll");
    }

    String plain(String text) {
      log.add("plain " + text);
      return text;
    }
  }

  private final Container container =
      Container.of(Log.class, Articles.class, Stock.class, SpecialReports.class);

  @AfterEach
  void close() {
    container.close();
  }

  private List<String> log() {
    return container.get(Log.class).lines();
  }

  @Test
  void result_isComputedOnceForEachKey() {
    Articles articles = container.get(Articles.class);

    assertEquals(5, articles.price("apple"));
    assertEquals(5, articles.price("apple"));
    assertEquals(4, articles.price("pear"));

    assertEquals(List.of("price apple", "price pear"), log());
    assertEquals(2, container.size("prices"));
  }

  @Test
  void explicitNames_leadToTheirCaches() throws IOException {
    Articles articles = container.get(Articles.class);

    articles.price("apple");
    articles.name(1, 2L);
    articles.all();

    assertEquals(1, container.size("prices"));
    assertEquals(1, container.size("names"));
    assertEquals(1, container.size("all"));
    assertEquals(0, container.size("no names"));
    assertEquals(List.of("price apple", "name 1", "all"), log());
  }

  @Test
  void methodWithoutParameters_isCached() {
    Articles articles = container.get(Articles.class);

    assertEquals(articles.all(), articles.all());

    assertEquals(List.of("all"), log());
  }

  @Test
  void keyParameters_areTheKey() throws IOException {
    Articles articles = container.get(Articles.class);

    assertEquals("article 7", articles.name(1, 7L));
    assertEquals("article 7", articles.name(2, 7L));

    assertEquals(List.of("name 1"), log());
  }

  @Test
  void checkedException_isKeptAndThrownAsItWas() {
    Articles articles = container.get(Articles.class);

    IOException first = assertThrows(IOException.class, () -> articles.name(1, -1L));
    IOException second = assertThrows(IOException.class, () -> articles.name(2, -1L));

    assertEquals(first.getMessage(), second.getMessage());
    assertEquals(List.of("name 1"), log());
    assertEquals(1, container.size("no names"));
  }

  @Test
  void putAndRemove_changeTheEntry() {
    Articles articles = container.get(Articles.class);

    articles.change("apple", 9);
    assertEquals(9, articles.price("apple"));
    articles.remove("apple");
    assertEquals(5, articles.price("apple"));
    articles.price("pear");
    articles.removeAll();

    assertEquals(0, container.size("prices"));
    assertEquals(
        List.of("change apple", "remove apple", "price apple", "price pear", "removeAll"), log());
  }

  @Test
  void putBeforeTheMethod_staysIfItFails() {
    Articles articles = container.get(Articles.class);

    assertThrows(IllegalArgumentException.class, () -> articles.change("apple", -1));

    assertEquals(-1, articles.price("apple"));
  }

  @Test
  void methodWithoutAnnotation_runs() {
    Articles articles = container.get(Articles.class);

    articles.plain("a");
    articles.plain("a");

    assertEquals(List.of("plain a", "plain a"), log());
  }

  /** Has annotations that CDI does not see on its implementations. */
  @CacheDefaults(cacheName = "stock")
  interface Counted<K> {
    @CacheResult
    Integer count(K key);

    @CacheRemove
    void forget(K key);

    void bare();
  }

  @Dependent
  static class Stock implements Counted<String> {
    @Inject Log log;

    @Override
    public Integer count(String article) {
      log.add("count " + article);
      return 3;
    }

    /** Looks like the method of the interface, and is another. */
    public Integer count(Integer number) {
      log.add("count " + number);
      return number;
    }

    @Override
    public void forget(String article) {}

    @Override
    public void bare() {}
  }

  @Test
  void annotationsOfInterfaces_count() {
    Stock stock = container.get(Stock.class);
    Counted<String> counted = stock;

    assertEquals(3, counted.count("apple"));
    assertEquals(3, stock.count("apple"));
    assertEquals(1, stock.count(1));
    assertEquals(1, stock.count(1));
    assertEquals(List.of("count apple", "count 1", "count 1"), log());

    counted.forget("apple");
    assertEquals(0, container.size("stock"));
  }

  static class Reports {
    @Inject Log log;

    @CacheResult(cacheName = "reports")
    public String report(int year) {
      return "report";
    }

    @CacheResult(cacheName = "sums")
    public String sum(int year) {
      log.add("sum " + year);
      return "sum";
    }

    @CacheResult
    public String title(int year, String... words) {
      log.add("title " + year);
      return String.join(" ", words);
    }
  }

  @ApplicationScoped
  static class SpecialReports extends Reports {
    @Override
    public String report(int year) {
      log.add("special " + year);
      return "special report";
    }
  }

  @Test
  void annotationsOfSuperclasses_count() {
    SpecialReports reports = container.get(SpecialReports.class);

    assertEquals("special report", reports.report(2026));
    assertEquals("special report", reports.report(2026));
    assertEquals("sum", reports.sum(2026));
    assertEquals("sum", reports.sum(2026));

    assertEquals(List.of("special 2026", "sum 2026"), log());
    assertEquals(1, container.size("reports"));
    assertEquals(1, container.size("sums"));
  }

  @Test
  void defaultName_isTheMethodsOwn() {
    SpecialReports reports = container.get(SpecialReports.class);

    String first = reports.title(1, "a", "b");
    String second = reports.title(1, "a", "b");

    assertEquals("a b", second);
    assertEquals(first, second);
    assertEquals(List.of("title 1"), log());
    assertNotNull(
        container.cacheOrNull(Reports.class.getName() + ".title(int,[Ljava.lang.String;)"));
    assertNull(container.cacheOrNull("title"));
  }

  @Test
  void dependentBeans_shareTheCache() {
    Stock one = container.get(Stock.class);
    Stock other = container.get(Stock.class);
    assertSame(one, one);

    one.count("apple");
    other.count("apple");

    assertEquals(List.of("count apple"), log());
  }
}
