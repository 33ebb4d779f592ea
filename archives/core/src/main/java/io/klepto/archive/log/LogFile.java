package io.klepto.archive.log;

import io.klepto.archive.stamp.StampFile;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VersionClock;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;

/**
 * One generation of an archive, open: its file, its head, and what its records amount to.
 *
 * <p>Readers look at the index without a lock and look again under one if it changed meanwhile.
 * Changing the file needs the lock of the archive; taking over what others changed does not.
 *
 * <p>Safe for use by many threads under that rule.
 */
final class LogFile {
  private static final int BUFFER_BYTES = 128 << 10;

  private final DataFile data;
  private final HeadV1 head;
  private final FileHeaderV1 header;
  private final LogErrors errors;
  private final boolean mapped;
  private final RecordReader reader;
  private final GroupCommit commits;
  private final StampedLock guard = new StampedLock();
  private final LogState state; // guarded by guard
  private final LogScan scan; // guarded by guard
  private ByteBuffer buffer; // used by the holder of the archive's lock
  private volatile Object fileKey;
  private volatile LogStamps stamps;
  private boolean wentBack;

  private LogFile(DataFile data, FileHeaderV1 header, LogErrors errors, boolean mayMap)
      throws IOException {
    this.data = data;
    this.header = header;
    this.errors = errors;
    HeadMemory memory = HeadMemory.of(data, mayMap);
    this.mapped = memory instanceof HeadMemory.Mapped;
    this.head = new HeadV1(memory, header.fileId());
    this.reader = new RecordReader(data, header.fileId());
    this.state = new LogState(header);
    this.scan = new LogScan(data, head, header.fileId(), state, reader, errors);
    this.commits = new GroupCommit(data);
  }

  /** Makes a file without records. */
  static LogFile create(Path path, FileHeaderV1 header, LogErrors errors, boolean mayMap)
      throws IOException {
    DataFile data = DataFile.create(path, header, errors.subject());
    LogFile log = new LogFile(data, header, errors, mayMap);
    log.head.setAppended(HeadV1.BYTES);
    log.head.raiseCommitted(HeadV1.BYTES);
    return log;
  }

  /**
   * Opens a file that others have open, and does not change it.
   *
   * @throws ReplacedFileException if it was replaced meanwhile
   */
  static LogFile join(Path path, LogErrors errors, boolean mayMap) throws IOException {
    LogFile log = openData(path, errors, mayMap);
    try {
      long end = log.head.appended();
      log.scan.readFooters(end);
      log.scan.walk(end);
      return log;
    } catch (IOException | RuntimeException e) {
      log.data.close();
      throw e;
    }
  }

  /** Opens a file with the lock of the archive held, and puts right what a crash left. */
  static LogFile recover(Path path, LogErrors errors, boolean mayMap) throws IOException {
    LogFile log = openData(path, errors, mayMap);
    try {
      log.recover();
      return log;
    } catch (IOException | RuntimeException e) {
      log.data.close();
      throw e;
    }
  }

  private static LogFile openData(Path path, LogErrors errors, boolean mayMap) throws IOException {
    Object before = keyOf(path);
    DataFile data = DataFile.open(path, errors.subject());
    try {
      LogFile log = new LogFile(data, data.header(), errors, mayMap);
      Object after = keyOf(path);
      log.fileKey = before != null && before.equals(after) ? before : null;
      return log;
    } catch (IOException | RuntimeException e) {
      data.close();
      throw e;
    }
  }

  static Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private void recover() throws IOException {
    OptionalLong committed = head.committed();
    long before = head.appended();
    for (int at : new int[] {0, FileHeaderV1.COPY_AT}) {
      if (!FileHeaderV1.isWhole(data.headBytes(), at)) {
        state.addScar("the copy of the header at byte %d is damaged".formatted(at));
      }
    }
    long trusted = committed.isPresent() ? committed.getAsLong() : plausibleEnd();
    scan.readFooters(trusted);
    scan.walk(trusted);
    scan.walkBeyond();
    if (state.end() > trusted) {
      data.force(); // what is called committed from here on must be there after a loss of power
    }
    head.setSuperseded(false);
    List<LogEntry> segment = state.segment();
    head.writeJournal(0, segment.subList(0, Math.min(segment.size(), FooterV1.MOST_ENTRIES)));
    head.setLastFooter(state.lastFooter());
    head.setAppended(state.end());
    head.raiseCommitted(state.end());
    wentBack = state.end() < before;
  }

  /** Returns whether records that others have seen were found damaged when the file was opened. */
  boolean hasGoneBack() {
    return wentBack;
  }

  /** Tells which stamps the changes of this file move. */
  void stampBy(LogStamps ofArchive) {
    stamps = ofArchive;
  }

  /** Returns where the records probably end, if the head does not say what is committed. */
  private long plausibleEnd() throws IOException {
    long size = data.size();
    long appended = head.appended();
    boolean sane =
        appended >= HeadV1.BYTES && appended <= size && appended % RecordFormatV1.ALIGNMENT == 0;
    return sane ? appended : scan.endOfHeaders(size);
  }

  /**
   * Takes over what others have appended.
   *
   * @throws ReplacedFileException if the end went back, as another process has found it damaged
   */
  void catchUp() throws IOException {
    if (head.appended() == state.end()) {
      return;
    }
    long stamp = guard.writeLock();
    try {
      long appended = head.appended();
      if (appended < state.end()) {
        throw new ReplacedFileException(data.path() + " was recovered");
      }
      scan.walk(appended);
    } finally {
      guard.unlockWrite(stamp);
    }
  }

  /**
   * Returns the position of a key, or 0 if it has no record.
   *
   * @throws io.klepto.archive.DamagedRecordException if that can't be known
   */
  long find(Namespace namespace, KeyHash hash, LogErrors told) {
    long stamp = guard.tryOptimisticRead();
    if (stamp != 0) {
      long position = namespace.index().get(hash);
      long doubt = state.doubtEnd();
      if (guard.validate(stamp)) {
        return requireKnown(position, doubt, told);
      }
    }
    stamp = guard.readLock();
    try {
      return requireKnown(namespace.index().get(hash), state.doubtEnd(), told);
    } finally {
      guard.unlockRead(stamp);
    }
  }

  private static long requireKnown(long position, long doubtEnd, LogErrors told) {
    if (doubtEnd > 0 && Position.offsetOf(position) < doubtEnd) {
      throw told.inDoubt(doubtEnd);
    }
    return position;
  }

  /** Returns the record of a key, or null. */
  StoreRecord read(Namespace namespace, KeyHash hash, KeyBytes key, LogErrors told)
      throws IOException {
    long position = find(namespace, hash, told);
    return position == 0 ? null : reader.read(namespace, hash, position, key, told);
  }

  /** Asks something of the state while nobody changes it. */
  <T> T ask(Function<LogState, T> question) {
    long stamp = guard.readLock();
    try {
      return question.apply(state);
    } finally {
      guard.unlockRead(stamp);
    }
  }

  /** Starts an append; the lock of the archive is held until it is committed or given up. */
  Append append(VersionClock clock, boolean forced) {
    return new Append(this, clock, forced);
  }

  /** Tells everybody of records that are written, and takes them over. */
  void publish(List<LogEntry> entries, Namespace.Definition definition, boolean forced)
      throws IOException {
    StampFile moved = stamps == null ? null : stamps.begin(head, entries);
    try {
      show(entries, definition, forced);
    } finally {
      if (moved != null) {
        LogStamps.end(moved, entries);
      }
    }
  }

  private void show(List<LogEntry> entries, Namespace.Definition definition, boolean forced)
      throws IOException {
    int afterFooter = 0;
    for (int i = entries.size() - 1; i >= 0 && afterFooter == 0; i--) {
      afterFooter = entries.get(i).type() == RecordType.FOOTER ? i + 1 : 0;
    }
    long end = entries.get(entries.size() - 1).end();
    long stamp = guard.writeLock();
    try {
      int slot = afterFooter > 0 ? 0 : state.segment().size();
      if (slot < FooterV1.MOST_ENTRIES) {
        head.writeJournal(slot, entries.subList(afterFooter, entries.size()));
      }
      if (afterFooter > 0) {
        head.setLastFooter(entries.get(afterFooter - 1).offset());
      }
      head.setAppended(end);
      if (!forced) {
        head.raiseCommitted(end);
      }
      for (LogEntry entry : entries) {
        state.apply(entry, definition);
      }
    } finally {
      guard.unlockWrite(stamp);
    }
  }

  /** Returns the buffer in which appends are put together. */
  ByteBuffer buffer() {
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    }
    return buffer.clear();
  }

  /** Returns the namespace of a number, or null. */
  Namespace namespace(int number) {
    return state.namespace(number);
  }

  /** Returns the state for the holder of the archive's lock, whom alone it changes under. */
  LogState state() {
    return state;
  }

  DataFile data() {
    return data;
  }

  HeadV1 head() {
    return head;
  }

  FileHeaderV1 header() {
    return header;
  }

  RecordReader reader() {
    return reader;
  }

  GroupCommit commits() {
    return commits;
  }

  boolean isMapped() {
    return mapped;
  }

  LogErrors errors() {
    return errors;
  }

  /** Returns what tells the file from others of its name, or null if the system can't. */
  Object fileKey() {
    return fileKey;
  }

  void setFileKey(Object key) {
    fileKey = key;
  }
}
