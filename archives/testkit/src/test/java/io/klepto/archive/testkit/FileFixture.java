package io.klepto.archive.testkit;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A temporary file for {@code file:}. */
final class FileFixture implements StoreFixture, RawRecords {
  private static final int FIRST_RECORD_AT = 45056;
  private static final int MAGIC = 0x4B4C5231;
  private static final int HEADER_BYTES = 52;
  private static final int TIMES_BYTES = 24;
  private static final byte PUT = 1;

  private final Path root = temporaryFolder();
  private final Path file = root.resolve("made/when opened.klepto");
  private final Map<KeyBytes, Integer> places = new HashMap<>();

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("file-contract");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Store open(StoreOptions options) {
    return StoreWorker.openStore(location().orElseThrow(), options);
  }

  @Override
  public Optional<URI> location() {
    return Optional.of(URI.create("file:" + file.toUri().getRawPath()));
  }

  @Override
  public Optional<RawRecords> rawRecords() {
    return Optional.of(this);
  }

  @Override
  public byte[] read(String namespace, KeyBytes key) {
    ByteBuffer all = wholeFile();
    int at = lastOf(all, key);
    byte[] bytes = new byte[lengthAt(all, at)];
    all.get(at, bytes);
    return bytes;
  }

  /** Puts bytes where the record was found first, as it can't be found by damaged bytes. */
  @Override
  public void write(String namespace, KeyBytes key, byte[] bytes) {
    places.computeIfAbsent(key, absent -> lastOf(wholeFile(), key));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(places.get(key));
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean canTruncate() {
    return false;
  }

  private ByteBuffer wholeFile() {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int lastOf(ByteBuffer all, KeyBytes key) {
    int found = -1;
    int at = FIRST_RECORD_AT;
    while (at + HEADER_BYTES <= all.limit() && all.getInt(at) == MAGIC) {
      int keyBytes = all.getInt(at + 36);
      if (all.get(at + 4) == PUT
          && all.slice(at + HEADER_BYTES + TIMES_BYTES, keyBytes).equals(key.asReadOnlyBuffer())) {
        found = at;
      }
      at += lengthAt(all, at);
    }
    if (found < 0) {
      throw new IllegalArgumentException("no record of " + key);
    }
    return found;
  }

  private static int lengthAt(ByteBuffer all, int at) {
    int times = all.get(at + 4) == PUT || all.get(at + 4) == 3 ? TIMES_BYTES : 0;
    int length = HEADER_BYTES + times + all.getInt(at + 36) + all.getInt(at + 40);
    return (length + 7) / 8 * 8;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
