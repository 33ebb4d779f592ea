package io.klepto.archive.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the records of a log amount to, applied one after the other in their order: namespaces with
 * their indexes, the segment that is not sealed yet, and what is known to be damaged.
 *
 * <p>Not thread-safe: {@link LogFile} guards it.
 */
final class LogState {
  private final Map<Integer, Namespace> namespaces = new ConcurrentHashMap<>();
  private final Set<String> scars = new LinkedHashSet<>();
  private final List<LogEntry> lost = new ArrayList<>();
  private List<LogEntry> segment = new ArrayList<>();
  private long segmentStart = HeadV1.BYTES;
  private long lastFooter;
  private long lastStamp;
  private int lastNamespace;
  private long usedBytes;
  private volatile long end = HeadV1.BYTES;
  private volatile long doubtEnd;

  LogState(FileHeaderV1 header) {
    lastStamp = header.stampFloor();
    lastNamespace = header.namespaceFloor();
  }

  /**
   * Applies the next record.
   *
   * @param definition for a {@link RecordType#NAMESPACE}: what it says, or null if it is damaged
   */
  void apply(LogEntry entry, Namespace.Definition definition) {
    lastStamp = Math.max(lastStamp, entry.stamp());
    end = entry.end();
    if (entry.type() == RecordType.FOOTER) {
      usedBytes += entry.bytes();
      segment = new ArrayList<>();
      segmentStart = entry.end();
      lastFooter = entry.offset();
      return;
    }
    segment.add(entry);
    if (entry.type() == RecordType.SETTLED) {
      if (doubtEnd <= entry.hash().high()) {
        doubtEnd = 0;
        lost.clear();
      }
      return;
    }
    if (entry.type() == RecordType.LOST) {
      doubtEnd = entry.end();
      lost.add(entry);
      return;
    }
    Namespace namespace = namespaces.computeIfAbsent(entry.namespace(), Namespace::new);
    lastNamespace = Math.max(lastNamespace, entry.namespace());
    usedBytes -= namespace.liveBytes();
    switch (entry.type()) {
      case PUT, DAMAGED ->
          namespace.put(entry.hash(), Position.ofValue(entry.offset(), entry.bytes()));
      case REMOVE -> namespace.remove(entry.hash());
      case TOUCH -> touch(namespace, entry);
      case CLEAR -> namespace.clear();
      case DESTROY -> namespace.destroy();
      case NAMESPACE -> {
        usedBytes += entry.bytes();
        if (definition != null) {
          namespace.define(definition);
        }
      }
      case FOOTER, SETTLED, LOST -> throw new IllegalStateException("handled above");
    }
    usedBytes += namespace.liveBytes();
  }

  private static void touch(Namespace namespace, LogEntry entry) {
    long value = namespace.index().get(entry.hash());
    if (value != 0) {
      namespace.put(entry.hash(), Position.ofTouch(entry.offset(), value));
    }
  }

  /** Makes room for what is to come, if it is a number of times what was applied until now. */
  void reserve(int times) {
    for (Namespace namespace : namespaces.values()) {
      namespace.index().reserve((long) times * namespace.index().size());
    }
  }

  /** Gives back the room that was reserved in vain. */
  void trim() {
    namespaces.values().forEach(namespace -> namespace.index().trim());
  }

  /** Keeps a message of damage that harms no entry, as there was a second copy. */
  void addScar(String message) {
    scars.add(message);
  }

  List<String> scars() {
    return List.copyOf(scars);
  }

  /** Returns the namespace of a number, or null. */
  Namespace namespace(int number) {
    return namespaces.get(number);
  }

  Collection<Namespace> namespaces() {
    return namespaces.values();
  }

  /** Returns the records behind the last footer. */
  List<LogEntry> segment() {
    return segment;
  }

  long segmentStart() {
    return segmentStart;
  }

  /** Returns where the last footer lies, 0 for none. */
  long lastFooter() {
    return lastFooter;
  }

  long lastStamp() {
    return lastStamp;
  }

  int lastNamespace() {
    return lastNamespace;
  }

  /** Returns where the next record begins. */
  long end() {
    return end;
  }

  /**
   * Returns before which offset records were lost of which not even the key is known, 0 if none.
   * What an older record says may have been overtaken there.
   */
  long doubtEnd() {
    return doubtEnd;
  }

  /** Returns the regions of which nothing is known, the last of which ends the doubt. */
  List<LogEntry> lost() {
    return lost;
  }

  /** Returns the bytes that hold nothing any more: what was replaced or removed, roughly. */
  long deadBytes() {
    return Math.max(0, end - HeadV1.BYTES - usedBytes);
  }
}
