package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static io.klepto.archive.jdbc.Samples.options;
import static io.klepto.archive.jdbc.Samples.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class SharedPoolsTest {
  private static Access access(FileFixture database, StoreOptions options) {
    return JdbcSettings.of(database.uri(), options).access();
  }

  @Test
  void equalAccesses_shareAPoolUntilTheLastHasLeft() throws SQLException {
    try (FileFixture database = FileFixture.h2()) {
      Access access = access(database, options("a"));
      Dialect dialect = access.url().engine().dialect(access.url());
      SharedPools.Lease first = SharedPools.lease(access, dialect);
      SharedPools.Lease second = SharedPools.lease(access(database, options("b")), dialect);
      SharedPools.Lease other =
          SharedPools.lease(access(database, settings("lock-timeout-millis", "5")), dialect);
      assertSame(first.pool(), second.pool());
      assertNotSame(first.pool(), other.pool());
      first.end();
      assertEquals("1", second.pool().read(c -> Dialect.queryText(c, "SELECT 1")));
      second.end();
      SharedPools.Lease third = SharedPools.lease(access, dialect);
      assertNotSame(first.pool(), third.pool());
      third.end();
      other.end();
    }
  }

  @Test
  void anotherPassword_isNotLetInByAPoolThatIsOpen() {
    try (FileFixture database = FileFixture.h2();
        Store store = database.open(settings("user", "me", "password", "right"))) {
      store.put(key("a"), content("one"));
      assertThrows(
          RuntimeException.class,
          () -> database.open(settings("user", "me", "password", "wrong")).close());
      assertFalse(
          access(database, settings("user", "me", "password", "right"))
              .toString()
              .contains("right"));
    }
  }

  @Test
  void openingAndClosingByManyThreads_losesNothing() throws Exception {
    try (FileFixture database = FileFixture.h2()) {
      ExecutorService executor = Executors.newFixedThreadPool(3);
      List<Future<Void>> results = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        String name = "thread " + thread;
        Callable<Void> work =
            () -> {
              for (int i = 0; i < 10; i++) {
                try (Store store = database.open(options("orders"))) {
                  store.put(key(name + i), content("one"));
                }
              }
              return null;
            };
        results.add(executor.submit(work));
      }
      for (Future<Void> result : results) {
        result.get();
      }
      executor.shutdown();
      try (Store store = database.open(options("orders"))) {
        assertEquals(30, store.size());
      }
    }
  }
}
