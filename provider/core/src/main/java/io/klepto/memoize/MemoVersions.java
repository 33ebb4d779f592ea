package io.klepto.memoize;

import io.klepto.keymap.code.CodeVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The version of a function's code, and the one before, which is kept beside the results.
 *
 * <p>Kept is a list of one or two maps from methods to digests, the current version first. Safe for
 * use by many threads.
 */
final class MemoVersions {
  private final CodeVersion currentOrNull;
  private volatile CodeVersion previousOrNull;

  MemoVersions(CodeVersion currentOrNull) {
    this.currentOrNull = currentOrNull;
  }

  /** Returns the version of a function without one, or its digest. */
  static String digestOf(CodeVersion versionOrNull) {
    return versionOrNull == null ? "" : versionOrNull.digest();
  }

  Optional<CodeVersion> current() {
    return Optional.ofNullable(currentOrNull);
  }

  /** Learns of the version before from what is kept, and keeps the current one. */
  void meet(MemoStore store, MemoIdentity identity) {
    if (currentOrNull == null) {
      return;
    }
    Object kept = store.note(identity.versionsKey());
    List<CodeVersion> known = new ArrayList<>();
    if (kept instanceof List<?> versions) {
      versions.forEach(version -> known.add(CodeVersion.of(partsOf((Map<?, ?>) version))));
    }
    boolean isNew = known.isEmpty() || !known.get(0).equals(currentOrNull);
    int before = isNew ? 0 : 1;
    previousOrNull = known.size() > before ? known.get(before) : null;
    if (isNew) {
      keep(store, identity);
    }
  }

  /** Forgets the version before. */
  void prune(MemoStore store, MemoIdentity identity) {
    previousOrNull = null;
    keep(store, identity);
  }

  private void keep(MemoStore store, MemoIdentity identity) {
    ArrayList<TreeMap<String, String>> versions = new ArrayList<>();
    versions.add(new TreeMap<>(currentOrNull.parts()));
    CodeVersion previous = previousOrNull;
    if (previous != null) {
      versions.add(new TreeMap<>(previous.parts()));
    }
    store.keepNote(identity.versionsKey(), versions);
  }

  private static Map<String, String> partsOf(Map<?, ?> kept) {
    Map<String, String> parts = new TreeMap<>();
    kept.forEach((method, digest) -> parts.put((String) method, (String) digest));
    return parts;
  }

  /** Returns what has changed since the version before. */
  List<String> explain() {
    CodeVersion previous = previousOrNull;
    return previous == null ? List.of() : currentOrNull.changesSince(previous);
  }
}
