package io.klepto.archive.dir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.stamp.StampFile;
import io.klepto.archive.stamp.StampPlace;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Stamps;
import io.klepto.archive.store.StoreOptions;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DirStampsTest {
  private static final KeyBytes KEY = KeyBytes.of("a".getBytes(UTF_8));
  private static final RecordContent CONTENT =
      new RecordContent(0, 0, RecordTimes.eternal(1), new byte[20]);

  @TempDir Path folder;
  private DirLayout layout;
  private DirStore store;

  @BeforeEach
  void open() {
    store = openStore();
    layout = DirLayout.of(folder.resolve("d"), "ns", "");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private DirStore openStore() {
    return DirStoreProvider.open(
        folder.resolve("d"), new StoreOptions("ns", Optional.empty(), Map.of()));
  }

  private StampFile asAnotherProcess() throws IOException {
    return new StampPlace(layout.stamps(), "test").find();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "never came");
      Thread.onSpinWait();
    }
  }

  @Test
  void stampLeftOdd_isMadeEvenByTheNextChangeOfItsKey() throws IOException {
    Stamps stamps = store.stamps(1);
    int stripe = stamps.stripeOf(KEY);
    long before = stamps.at(stripe);
    asAnotherProcess().begin(stripe);
    store.put(KEY, CONTENT);
    assertEquals(before + 2, stamps.at(stripe));
  }

  @Test
  void stampLeftOdd_isMadeEvenByReadersAlone() throws IOException {
    Stamps stamps = store.stamps(1);
    int stripe = stamps.stripeOf(KEY);
    asAnotherProcess().begin(stripe);
    await(
        () -> {
          store.get(KEY);
          return (stamps.at(stripe) & 1) == 0;
        });
  }

  @Test
  void stampOfAWriterAtWork_isLeftOdd() throws IOException {
    Stamps stamps = store.stamps(1);
    int stripe = stamps.stripeOf(KEY);
    try (KeyFileLocks locks = KeyFileLocks.open(layout.lockFile())) {
      KeyFileLocks.Hold writer = locks.hold(layout.stripeLock(stripe));
      asAnotherProcess().begin(stripe);
      long end = System.nanoTime() + 20_000_000L;
      while (System.nanoTime() < end) {
        store.get(KEY);
        assertEquals(1, stamps.at(stripe) & 1);
      }
      writer.close();
    }
  }

  @Test
  void stamps_waitForAChangeThatBeganBeforeTheyWereThere() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (KeyFileLocks locks = KeyFileLocks.open(layout.lockFile())) {
      KeyFileLocks.Hold writer = locks.hold(layout.keyLock(KEY.sha256Hex()));
      CountDownLatch begun = new CountDownLatch(1);
      Future<Stamps> made =
          other.submit(
              () -> {
                begun.countDown();
                return store.stamps(1);
              });
      begun.await();
      await(() -> Files.exists(layout.stamps()));
      assertFalse(asAnotherProcess().serves());
      assertFalse(made.isDone());
      writer.close();
      made.get();
      assertTrue(asAnotherProcess().serves());
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void makerThatDiedBeforeAllHadLooked_isFollowedByOneThatWaits() throws IOException {
    new StampPlace(layout.stamps(), "test")
        .make(16, folder.resolve("temporary"), Files::createFile);
    assertFalse(asAnotherProcess().serves());
    store.stamps(1);
    assertTrue(asAnotherProcess().serves());
  }

  @Test
  void fileThatIsReplaced_isNoticedByReadersOnly_andRetiredForAll() throws IOException {
    Stamps stamps = store.stamps(1);
    int stripe = stamps.stripeOf(KEY);
    long before = stamps.at(stripe);
    StampFile mappedElsewhere = asAnotherProcess();
    Files.delete(layout.stamps());
    await(() -> stamps.at(stripe) != before && (stamps.at(stripe) & 1) == 0);
    assertTrue(mappedElsewhere.areAllOdd());
    long anew = stamps.at(stripe);
    store.put(KEY, CONTENT);
    assertEquals(anew + 2, stamps.at(stripe));
  }

  @Test
  void allOddOfADestroyerThatDied_isMadeEven() throws IOException {
    Stamps stamps = store.stamps(1);
    int stripe = stamps.stripeOf(KEY);
    long before = stamps.at(stripe);
    asAnotherProcess().beginAll();
    assertEquals(StampFile.UNKNOWN, stamps.at(stripe));
    await(() -> (stamps.at(stripe) & 1) == 0);
    assertNotEquals(before, stamps.at(stripe));
  }

  @Test
  void anotherFileInTheirPlace_makesWritersAndReadersRefuseByName() throws IOException {
    Files.writeString(layout.stamps(), "a text of the user");
    ArchiveException refused = assertThrows(ArchiveException.class, () -> store.put(KEY, CONTENT));
    assertTrue(refused.getMessage().contains(layout.stamps().toString()), refused.getMessage());
    assertThrows(ArchiveException.class, () -> store.stamps(1));
    assertEquals(null, store.get(KEY));
  }

  @Test
  void stampsOfAClosedStore_areUnknown() {
    Stamps stamps = store.stamps(1);
    store.close();
    assertEquals(StampFile.UNKNOWN, stamps.at(stamps.stripeOf(KEY)));
  }

  @Test
  void compaction_movesNoStamp() {
    Stamps stamps = store.stamps(1);
    store.put(KEY, CONTENT);
    long before = stamps.at(stamps.stripeOf(KEY));
    store.compact();
    assertEquals(before, stamps.at(stamps.stripeOf(KEY)));
  }
}
