package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that die, stop, and drop connections while a store is open. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ServerFailureTest {
  private static final int BATCH = 1_000;
  private static final int BATCHES_BEFORE_DEATH = 4;
  private static final int MANY_BATCHES = 100_000;
  private static final int THREADS = 3;

  /** Lets calls to a server that is down fail soon; a store with them has its own connections. */
  private static final Map<String, String> IMPATIENT = Map.of("connect-timeout-millis", "1000");

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void serverKilledAmongBatches_keepsWhatWasAcknowledged(TestEngine engine) {
    try (ServerDatabase database = (ServerDatabase) engine.newDatabase();
        Store store = Stores.open(database);
        Store impatient = Stores.open(database, Stores.NAMESPACE, IMPATIENT)) {
      Map<KeyBytes, RecordContent> acknowledged = new HashMap<>();
      Map<KeyBytes, RecordContent> failed = new HashMap<>();
      writeUntilKilled(store, database.server(), acknowledged, failed);
      ClearFailure.of(store.name(), () -> impatient.get(Stores.key("while down")));
      ClearFailure.of(
          store.name(), () -> impatient.put(Stores.key("while down"), Stores.content("x")));
      database.server().start();
      impatient.put(Stores.key("at once"), Stores.content("at once"));
      store.put(Stores.key("after"), Stores.content("after"));
      requireWholeRecords(store, acknowledged, failed);
      assertTrue(store.verify(false).isSound());
    }
  }

  /** Writes batch after batch until one fails, since the server is killed in the midst of it. */
  private static void writeUntilKilled(
      Store store,
      DatabaseServer server,
      Map<KeyBytes, RecordContent> acknowledged,
      Map<KeyBytes, RecordContent> failed) {
    CountDownLatch due = new CountDownLatch(BATCHES_BEFORE_DEATH);
    CompletableFuture<Void> killing =
        CompletableFuture.runAsync(
            () -> {
              await(due);
              server.kill();
            });
    for (int i = 0; failed.isEmpty() && i < MANY_BATCHES; i++) {
      Map<KeyBytes, RecordContent> batch = batch(i);
      BulkOutcome<Long> outcome = store.putAll(batch);
      Set<KeyBytes> keys = new HashSet<>(outcome.done().keySet());
      keys.addAll(outcome.failed().keySet());
      assertEquals(batch.keySet(), keys, "each key has its outcome");
      outcome.done().keySet().forEach(key -> acknowledged.put(key, batch.get(key)));
      outcome.failed().keySet().forEach(key -> failed.put(key, batch.get(key)));
      outcome.failed().values().forEach(failure -> ClearFailure.require(failure, store.name()));
      due.countDown();
    }
    killing.join();
    assertFalse(failed.isEmpty(), "the server outlived all batches");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<KeyBytes, RecordContent> batch(int number) {
    Map<KeyBytes, RecordContent> batch = new HashMap<>();
    for (int i = 0; i < BATCH; i++) {
      String name = "batch " + number + "/" + i;
      batch.put(Stores.key(name), Stores.content(name + ":" + "v".repeat(100)));
    }
    return batch;
  }

  /** What was acknowledged is there; what failed is either whole or not there. */
  private static void requireWholeRecords(
      Store store, Map<KeyBytes, RecordContent> acknowledged, Map<KeyBytes, RecordContent> failed) {
    Map<KeyBytes, StoreRecord> found = store.getAll(acknowledged.keySet()).orThrow();
    acknowledged.forEach(
        (key, content) -> {
          assertNotNull(found.get(key), () -> "lost though acknowledged: " + key);
          assertEquals(content, found.get(key).content());
        });
    store
        .getAll(failed.keySet())
        .orThrow()
        .forEach((key, record) -> assertEquals(failed.get(key), record.content()));
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void serverStoppedAndStarted_isUsedAgainByTheNextCall(TestEngine engine) {
    try (ServerDatabase database = (ServerDatabase) engine.newDatabase();
        Store store = Stores.open(database);
        Store impatient = Stores.open(database, Stores.NAMESPACE, IMPATIENT)) {
      store.put(Stores.key("a"), Stores.content("one"));
      database.server().stop();
      ArchiveException down = ClearFailure.of(store.name(), () -> impatient.get(Stores.key("a")));
      assertTrue(down.getMessage().contains("SQLState 08"), down.getMessage());
      ClearFailure.of(store.name(), () -> Stores.textsIn(impatient));
      BulkOutcome<StoreRecord> unread = impatient.getAll(List.of(Stores.key("a"), Stores.key("b")));
      assertEquals(Set.of(Stores.key("a"), Stores.key("b")), unread.failed().keySet());
      database.server().start();
      assertEquals("one", Stores.textOf(impatient.get(Stores.key("a"))));
      assertEquals("one", Stores.textOf(store.get(Stores.key("a"))));
      assertTrue(store.put(Stores.key("a"), Stores.content("two")) > 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void connectionsDropped_costAtMostTheCallThatMeetsIt(TestEngine engine) throws Exception {
    try (ServerDatabase database = (ServerDatabase) engine.newDatabase();
        Store store = Stores.open(database)) {
      fillPool(store);
      database.server().disconnectUser();
      try {
        store.put(Stores.key("a"), Stores.content("first"));
      } catch (ArchiveException e) {
        ClearFailure.require(e, store.name());
      }
      store.put(Stores.key("a"), Stores.content("second"));
      assertEquals("second", Stores.textOf(store.get(Stores.key("a"))));
      database.server().disconnectUser();
      try {
        Stores.textsIn(store);
      } catch (ArchiveException e) {
        ClearFailure.require(e, store.name());
      }
      assertEquals("second", Stores.textOf(store.get(Stores.key("a"))));
      assertNull(store.get(Stores.key("b")));
    }
  }

  /** Makes calls from several threads at once, so that the pool holds several connections. */
  private static void fillPool(Store store) {
    CountDownLatch start = new CountDownLatch(THREADS);
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String name = "thread " + i;
      calls.add(
          CompletableFuture.runAsync(
              () -> {
                start.countDown();
                await(start);
                for (int step = 1; step <= 30; step++) {
                  new Workload(name).run(store, step);
                }
              },
              task -> new Thread(task, name).start()));
    }
    calls.forEach(CompletableFuture::join);
  }
}
