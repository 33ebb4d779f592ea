package io.klepto.archive.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The head of a file, version 1: what changes in place. It is mapped into memory by all who have
 * the archive open, so that each call sees what the others did.
 *
 * <pre>
 * offset  bytes
 *      0     56  FileHeaderV1
 *   1024      8  appended: where the next record goes; all before is readable
 *   1032      8  superseded: 1 when a new file may already stand in the place of this one
 *   1040      8  committed: all before was acknowledged. Offset / 8 (40 bits), its checksum
 *   1048      8  last footer. Offset / 8 (40 bits), its checksum
 *   1056      8  run: the number of the compaction under way, 0 for none
 *   1064      8  heartbeat: when that run last did something, ms since 1970-01-01T00:00Z
 *   1072      8  wanted: who waits for the lock of the archive, or has just got it
 *   1080      8  stamps: the id of the file of stamps, 0 for none; inverted while superseded is 1
 *   2048     56  FileHeaderV1 again
 *   4096  40960  journal: 1024 slots, one for each record behind the last footer
 *                  16 hash of the key
 *                   8 stamp
 *                   4 type (4 bits), number of the namespace (28 bits)
 *                   4 length / 8
 *                   8 offset / 8 (40 bits), checksum of the slot
 *  45056           the first record
 * </pre>
 *
 * <p>Checksums here are the lower 24 bits of a CRC32C that begins with the id of the file.
 *
 * <p>{@code appended} only helps those who have the file open at the same time, and is set anew
 * when it is opened. {@code committed} is trusted: what is damaged below it is damage, what is
 * incomplete above it is a write that nobody acknowledged. A word is written as one, so a process
 * that is killed leaves the old or the new.
 *
 * <p>Written with the lock of the archive held, unless a method says otherwise. Reading is safe for
 * many threads.
 */
final class HeadV1 {
  static final int BYTES = 45056;

  private static final int APPENDED_AT = 1024;
  private static final int SUPERSEDED_AT = 1032;
  private static final int COMMITTED_AT = 1040;
  private static final int LAST_FOOTER_AT = 1048;
  private static final int RUN_AT = 1056;
  private static final int HEARTBEAT_AT = 1064;
  private static final int WANTED_AT = 1072;
  private static final int STAMPS_AT = 1080;
  private static final int JOURNAL_AT = 4096;
  private static final int SLOT_BYTES = 40;
  private static final int SLOT_CHECKED_BYTES = 32;
  private static final int CHECK_BITS = 24;

  private final HeadMemory memory;
  private final long fileId;

  HeadV1(HeadMemory memory, long fileId) {
    this.memory = memory;
    this.fileId = fileId;
  }

  long appended() throws IOException {
    return memory.get(APPENDED_AT);
  }

  void setAppended(long offset) throws IOException {
    memory.set(APPENDED_AT, offset);
  }

  boolean isSuperseded() throws IOException {
    return memory.get(SUPERSEDED_AT) != 0;
  }

  void setSuperseded(boolean superseded) throws IOException {
    memory.set(SUPERSEDED_AT, superseded ? 1 : 0);
    long id = memory.get(STAMPS_AT);
    if (id < 0 != superseded) {
      memory.set(STAMPS_AT, ~id); // so that who looks at this word alone looks again
    }
  }

  /** Returns the id of the file of stamps, 0 for none; negative if the file may be replaced. */
  long stamps() throws IOException {
    return memory.get(STAMPS_AT);
  }

  void setStamps(long id) throws IOException {
    memory.set(STAMPS_AT, id);
  }

  /** Returns the committed end, or empty if the word is damaged. */
  OptionalLong committed() throws IOException {
    return unpacked(memory.get(COMMITTED_AT));
  }

  /** Moves the committed end up; never down. */
  void raiseCommitted(long offset) throws IOException {
    OptionalLong now = committed();
    if (now.isEmpty() || now.getAsLong() < offset) {
      memory.set(COMMITTED_AT, packed(offset, checkOf(offset, new byte[0])));
    }
  }

  /** Returns where the last footer lies, 0 for none, or empty if the word is damaged. */
  OptionalLong lastFooter() throws IOException {
    long word = memory.get(LAST_FOOTER_AT);
    return word == 0 ? OptionalLong.of(0) : unpacked(word);
  }

  void setLastFooter(long offset) throws IOException {
    memory.set(LAST_FOOTER_AT, offset == 0 ? 0 : packed(offset, checkOf(offset, new byte[0])));
  }

  long run() throws IOException {
    return memory.get(RUN_AT);
  }

  long heartbeatMillis() throws IOException {
    return memory.get(HEARTBEAT_AT);
  }

  void setRun(long run, long nowMillis) throws IOException {
    memory.set(HEARTBEAT_AT, nowMillis);
    memory.set(RUN_AT, run);
  }

  /** Any thread may call at any time. */
  void beat(long nowMillis) throws IOException {
    memory.set(HEARTBEAT_AT, nowMillis);
  }

  long wanted() throws IOException {
    return memory.get(WANTED_AT);
  }

  /** Any thread may call at any time. */
  void setWanted(long who) throws IOException {
    memory.set(WANTED_AT, who);
  }

  /** Writes journal slots. */
  void writeJournal(int firstSlot, List<LogEntry> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    ByteBuffer out = ByteBuffer.allocate(entries.size() * SLOT_BYTES);
    byte[] checked = new byte[SLOT_CHECKED_BYTES];
    for (LogEntry entry : entries) {
      ByteBuffer slot = ByteBuffer.wrap(checked);
      slot.putLong(entry.hash().high()).putLong(entry.hash().low());
      slot.putLong(entry.stamp());
      slot.putInt(FooterV1.packed(entry));
      slot.putInt((int) (entry.bytes() / RecordFormatV1.ALIGNMENT));
      out.put(checked).putLong(packed(entry.offset(), checkOf(entry.offset(), checked)));
    }
    memory.write(JOURNAL_AT + firstSlot * SLOT_BYTES, out.array());
  }

  /** Returns the whole slots of the journal by offset; old ones of former segments among them. */
  NavigableMap<Long, LogEntry> readJournal() throws IOException {
    byte[] journal = new byte[FooterV1.MOST_ENTRIES * SLOT_BYTES];
    memory.read(JOURNAL_AT, journal);
    ByteBuffer in = ByteBuffer.wrap(journal);
    NavigableMap<Long, LogEntry> entries = new TreeMap<>();
    byte[] checked = new byte[SLOT_CHECKED_BYTES];
    for (int at = 0; at < journal.length; at += SLOT_BYTES) {
      long word = in.getLong(at + SLOT_CHECKED_BYTES);
      long offset = (word >>> CHECK_BITS) * RecordFormatV1.ALIGNMENT;
      in.get(at, checked);
      if (word != 0 && word == packed(offset, checkOf(offset, checked))) {
        KeyHash hash = new KeyHash(in.getLong(at), in.getLong(at + 8));
        long bytes = Integer.toUnsignedLong(in.getInt(at + 28)) * RecordFormatV1.ALIGNMENT;
        LogEntry entry =
            FooterV1.entryOf(in.getInt(at + 24), hash, in.getLong(at + 16), offset, bytes);
        if (entry != null) {
          entries.merge(offset, entry, (a, b) -> a.stamp() > b.stamp() ? a : b);
        }
      }
    }
    return entries;
  }

  private OptionalLong unpacked(long word) {
    long offset = (word >>> CHECK_BITS) * RecordFormatV1.ALIGNMENT;
    return offset >= BYTES && word == packed(offset, checkOf(offset, new byte[0]))
        ? OptionalLong.of(offset)
        : OptionalLong.empty();
  }

  private static long packed(long offset, int check) {
    return ((offset / RecordFormatV1.ALIGNMENT) << CHECK_BITS) | check;
  }

  private int checkOf(long offset, byte[] more) {
    byte[] seed = new byte[2 * Long.BYTES];
    ByteBuffer.wrap(seed).putLong(fileId).putLong(offset);
    CRC32C crc = new CRC32C();
    crc.update(seed, 0, seed.length);
    crc.update(more, 0, more.length);
    return (int) crc.getValue() & ((1 << CHECK_BITS) - 1);
  }
}
