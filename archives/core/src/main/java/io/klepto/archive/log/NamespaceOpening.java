package io.klepto.archive.log;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import java.io.IOException;
import java.util.TreeMap;

/** The making of a namespace, and the check that an old one is the one asked for. */
final class NamespaceOpening {
  private final LogEngine engine;
  private final LogErrors errors;

  NamespaceOpening(LogEngine engine, LogErrors errors) {
    this.engine = engine;
    this.errors = errors;
  }

  /**
   * Returns the number of a namespace.
   *
   * @throws ArchiveException if it is there with another identity
   * @throws DamagedRecordException if it is not found, but might be one whose definition is damaged
   */
  int open(Namespace.Definition asked) {
    Namespace found = engine.read(log -> find(log, asked));
    if (found == null) {
      // Forced whatever the durability: entries must not outlive their namespace.
      return engine.write(true, log -> findOrCreate(log, asked));
    }
    return found.number();
  }

  private int findOrCreate(LogFile log, Namespace.Definition asked) throws IOException {
    Namespace found = find(log, asked);
    if (found != null) {
      return found.number();
    }
    for (Namespace other : log.state().namespaces()) {
      if (other.definition() == null && !other.isDestroyed()) {
        throw new DamagedRecordException(
            "cannot open archive %s: expected to know the names of all namespaces, found the definition of number %d damaged; restore the file from a copy"
                .formatted(errors.subject(), other.number()));
      }
    }
    if (log.state().doubtEnd() > 0) {
      throw errors.inDoubt(log.state().doubtEnd());
    }
    int number = log.state().lastNamespace() + 1;
    if (number > FooterV1.MOST_NAMESPACES) {
      throw new ArchiveException(
          "cannot open archive %s: expected at most %d namespaces in its life, found one more; copy it to a new file"
              .formatted(errors.subject(), FooterV1.MOST_NAMESPACES));
    }
    Append append = log.append(engine.versions(), true);
    int left = asked.copies().size();
    for (RecordBody body : asked.copies()) {
      left--;
      append.add(RecordHeader.of(RecordType.NAMESPACE, number, KeyHash.NONE, body), body, left > 0);
    }
    append.commit(asked);
    return number;
  }

  private Namespace find(LogFile log, Namespace.Definition asked) {
    for (Namespace namespace : log.state().namespaces()) {
      Namespace.Definition there = namespace.definition();
      if (there != null && !namespace.isDestroyed() && there.name().equals(asked.name())) {
        if (!there.identity().equals(asked.identity())) {
          throw new ArchiveException(
              "cannot open archive %s: expected the identity %s, found %s; open it as it was created, or choose another namespace"
                  .formatted(
                      errors.subject(),
                      new TreeMap<>(asked.identity()),
                      new TreeMap<>(there.identity())));
        }
        return namespace;
      }
    }
    return null;
  }
}
