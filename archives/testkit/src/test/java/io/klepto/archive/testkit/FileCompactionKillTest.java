package io.klepto.archive.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers of {@code file:} that are killed while the compaction is under way that their own writes
 * have begun and carry on: they overwrite a few large values for ever, so that nearly all of the
 * file is dead at any time.
 */
final class FileCompactionKillTest {
  private static final int KEYS = 8;
  private static final int PAYLOAD_BYTES = 32 << 10;
  private static final int MOST_LINES = 400;

  @TempDir private Path folder;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void killedDuringCompactions_losesNothingAcknowledged() throws IOException {
    killAndJudge(4);
  }

  @Test
  @Tag("soak")
  void killedForLong_losesNothingAcknowledged() throws IOException {
    killAndJudge(100);
  }

  private void killAndJudge(int rounds) throws IOException {
    int compacting = 0;
    for (int round = 0; round < rounds; round++) {
      Path file = folder.resolve("round" + round).resolve("results.klepto");
      String told = "seed " + seed + ", round " + round;
      int written = killAndJudge(file, 0, told);
      compacting += isCompacting(file, written) ? 1 : 0;
      killAndJudge(file, written, told + ", again");
    }
    assertTrue(compacting > 0, "none of the rounds met a compaction, seed " + seed);
  }

  /** Returns whether a compaction was begun, or has ended. */
  private static boolean isCompacting(Path file, int written) throws IOException {
    try (Stream<Path> beside = Files.list(file.getParent())) {
      return Files.size(file) < (long) written * PAYLOAD_BYTES
          || beside.anyMatch(path -> path.getFileName().toString().contains(".new-"));
    }
  }

  /** Goes on after a number of writes, and returns how many there are then. */
  private int killAndJudge(Path file, int before, String told) {
    List<String> lines;
    try (ChildJvm child = ChildJvm.start(Writer.class, file.toString(), Integer.toString(before))) {
      child.awaitLines(1 + random.nextInt(MOST_LINES));
      lines = child.kill();
    }
    int acknowledged = before + lines.size();
    assertEquals(Integer.toString(acknowledged), lines.get(lines.size() - 1), told);
    int written = acknowledged;
    try (Store store = open(file)) {
      assertTrue(store.verify(false).isSound(), () -> told + ": " + store.verify(false));
      for (int key = 0; key < KEYS; key++) {
        int last = lastWriteOf(key, acknowledged);
        int found = store.get(key(key)) == null ? 0 : writeIn(store, key, told);
        // The write that was under way when the process was killed may be there or not.
        boolean wasUnderWay = found == acknowledged + 1 && found % KEYS == key;
        assertTrue(
            found == last || wasUnderWay,
            told + ", key " + key + ": expected write " + last + ", found " + found);
        written = Math.max(written, found);
      }
    }
    return written;
  }

  /** Returns the number of the last acknowledged write of a key, 0 if there is none. */
  private static int lastWriteOf(int key, int acknowledged) {
    int last = acknowledged - Math.floorMod(acknowledged - key, KEYS);
    return Math.max(0, last);
  }

  private static int writeIn(Store store, int key, String told) {
    ByteBuffer payload = ByteBuffer.wrap(store.get(key(key)).content().payload());
    assertEquals(PAYLOAD_BYTES, payload.remaining(), told);
    return payload.getInt();
  }

  private static KeyBytes key(int number) {
    return KeyBytes.of(("key " + number).getBytes(UTF_8));
  }

  private static Store open(Path file) {
    StoreOptions options =
        new StoreOptions("killed", Optional.empty(), Map.of())
            .with(StoreSettings.of(Map.of("compact-at", "10")));
    return StoresByUri.open(URI.create("file:" + file.toUri().getRawPath()), options);
  }

  /** Overwrites the keys in turn, each with the number of the write, and prints each number. */
  static final class Writer {
    private Writer() {}

    /** Arguments: the file, and how many writes there were before. */
    public static void main(String[] arguments) {
      Store store = open(Path.of(arguments[0]));
      byte[] payload = new byte[PAYLOAD_BYTES];
      new Random(1).nextBytes(payload);
      for (int write = Integer.parseInt(arguments[1]) + 1; true; write++) {
        ByteBuffer.wrap(payload).putInt(write);
        store.put(key(write % KEYS), new RecordContent(7, 3, RecordTimes.eternal(write), payload));
        System.out.println(write);
      }
    }
  }
}
