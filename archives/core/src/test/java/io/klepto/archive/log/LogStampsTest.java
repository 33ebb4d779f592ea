package io.klepto.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LogStampsTest {
  private static final KeyBytes KEY = KeyBytes.of("a".getBytes(UTF_8));
  private static final KeyBytes OTHER = KeyBytes.of("b".getBytes(UTF_8));
  private static final RecordContent CONTENT =
      new RecordContent(0, 0, RecordTimes.eternal(1), new byte[200]);

  @TempDir Path folder;
  private LogStore store;
  private Stamps stamps;
  private int stripe;

  @BeforeEach
  void open() {
    store = openStore();
    stamps = store.stamps(1);
    stripe = stamps.stripeOf(KEY);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private LogStore openStore() {
    return LogStoreProvider.open(
        folder.resolve("x.klepto"), new StoreOptions("ns", Optional.empty(), Map.of()));
  }

  private StampPlace place() {
    return new StampPlace(folder.resolve("x.klepto.stamps"), "test");
  }

  /** The file as another process has it mapped. */
  private StampFile asAnotherProcess() throws IOException {
    return place().find();
  }

  /** What a writer of the key has done when it is killed. */
  private Stream<Consumer<StampFile>> deaths() {
    return Stream.of(
        file -> file.setUnderWay(stripe),
        file -> {
          file.setUnderWay(stripe);
          file.begin(stripe);
        },
        file -> {
          file.setSeveralUnderWay();
          file.begin(stripe);
        },
        file -> {
          file.setSeveralUnderWay();
          file.begin(stripe);
          file.beginAll();
        },
        file -> {
          file.setSeveralUnderWay();
          file.begin(stripe);
          file.end(stripe);
          file.beginAll();
        });
  }

  @Test
  void stampLeftOdd_isMadeEvenByTheNextChangeOfAnyKey() throws IOException {
    for (Consumer<StampFile> death : deaths().toList()) {
      death.accept(asAnotherProcess());
      store.put(OTHER, CONTENT);
      assertEquals(0, stamps.at(stripe) & 1);
      assertEquals(0, stamps.at(stamps.stripeOf(OTHER)) & 1);
    }
  }

  @Test
  void stampLeftOdd_isMadeEvenByAChangeThatChangesNothing() throws IOException {
    asAnotherProcess().setUnderWay(stripe);
    asAnotherProcess().begin(stripe);
    assertTrue(store.compareAndSet(OTHER, 7, CONTENT).isEmpty());
    assertEquals(0, stamps.at(stripe) & 1);
  }

  @Test
  void stampLeftOdd_isMadeEvenByReadersAlone() throws IOException {
    for (Consumer<StampFile> death : deaths().skip(1).toList()) {
      death.accept(asAnotherProcess());
      long deadline = System.nanoTime() + 60_000_000_000L;
      while ((stamps.at(stripe) & 1) != 0) {
        store.get(KEY);
        assertTrue(System.nanoTime() < deadline, "never made even");
      }
    }
  }

  @Test
  void stampLeftOdd_isMadeEvenByTheNextWhoOpens() throws IOException {
    store.close();
    asAnotherProcess().setUnderWay(stripe);
    asAnotherProcess().begin(stripe);
    store = openStore();
    assertEquals(0, asAnotherProcess().at(stripe) & 1);
  }

  @Test
  void compaction_movesNoStamp_andIsFollowedByChangesThatDo() {
    for (int i = 0; i < 50; i++) {
      store.put(KEY, CONTENT);
    }
    long before = stamps.at(stripe);
    store.compact();
    assertEquals(before, stamps.at(stripe));
    store.put(KEY, CONTENT);
    assertEquals(before + 2, stamps.at(stripe));
  }

  @Test
  void archiveWithoutStamps_getsNoFileOfThem() {
    try (LogStore plain =
        LogStoreProvider.open(
            folder.resolve("plain.klepto"), new StoreOptions("ns", Optional.empty(), Map.of()))) {
      plain.put(KEY, CONTENT);
      plain.compact();
      plain.clear();
    }
    assertTrue(Files.notExists(folder.resolve("plain.klepto.stamps")));
    assertTrue(Files.notExists(folder.resolve("plain.klepto.keys")));
  }

  @Test
  void fileThatIsRemoved_isMadeAnewByTheNextWhoDoesNotHaveIt_andAllStampsAreOthers()
      throws IOException {
    long before = stamps.at(stripe);
    Files.delete(folder.resolve("x.klepto.stamps"));
    store.put(OTHER, CONTENT); // this engine has it mapped
    assertEquals(before, stamps.at(stripe));
    store.close();
    store = openStore();
    stamps = store.stamps(1_000_000);
    long after = stamps.at(stripe);
    assertNotEquals(before, after);
    assertEquals(StampFile.bitsIn(asAnotherProcess().id()), 16, "as many stripes as before");
    store.put(KEY, CONTENT);
    assertEquals(after + 2, stamps.at(stripe));
  }

  @Test
  void fileOfAnotherVersion_makesWritersRefuseByName() throws IOException {
    store.close();
    byte[] later = Files.readAllBytes(folder.resolve("x.klepto.stamps"));
    later[11] = 2;
    Files.delete(folder.resolve("x.klepto.stamps"));
    Files.write(folder.resolve("x.klepto.stamps"), later);
    store = openStore();
    ArchiveException refused = assertThrows(ArchiveException.class, () -> store.put(KEY, CONTENT));
    assertTrue(refused.getMessage().contains("version 2"), refused.getMessage());
    assertEquals(null, store.get(KEY));
  }

  @Test
  void stampsOfAClosedStore_areUnknownOnceItsEngineIsReplaced() {
    Stamps old = stamps;
    long before = old.at(stripe);
    store.close();
    try (LogStore another = openStore()) {
      another.put(KEY, CONTENT);
    }
    assertNotEquals(before, old.at(stripe));
  }
}
