package io.klepto.archive.log;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads every record that a namespace still has, in the order of the file, and tells what else is
 * known to be damaged. With repair, damaged bytes are copied into the {@link Quarantine}, their
 * keys removed, what was lost is accepted, and the file is compacted if a second copy had to be
 * used.
 */
final class Verification {
  private final LogEngine engine;
  private final LogErrors errors;
  private final int number;
  private final List<String> damages = new ArrayList<>();
  private final List<String> setAside = new ArrayList<>();
  private long whole;

  Verification(LogEngine engine, LogErrors errors, int number) {
    this.engine = engine;
    this.errors = errors;
    this.number = number;
  }

  VerifyReport run(boolean repair) {
    for (KeyHash hash : hashes()) {
      DamagedRecordException damage = engine.read(log -> damageOf(log, hash));
      if (damage != null) {
        damages.add(damage.getMessage());
        if (repair) {
          engine.write(true, log -> setAside(log, hash));
        }
      }
    }
    List<String> scars = engine.read(log -> log.ask(LogState::scars));
    long doubtEnd = engine.read(log -> log.ask(LogState::doubtEnd));
    for (String scar : scars) {
      damages.add("damaged file of %s: %s; nothing is lost".formatted(errors.subject(), scar));
    }
    if (doubtEnd > 0) {
      damages.add(errors.inDoubt(doubtEnd).getMessage());
    }
    if (repair && doubtEnd > 0) {
      engine.write(true, this::settle);
    }
    if (repair && !scars.isEmpty()) {
      engine.compactor().compact();
    }
    return new VerifyReport(whole, damages, setAside);
  }

  private List<KeyHash> hashes() {
    return engine.read(
        log ->
            log.ask(
                state -> {
                  List<KeyHash> hashes = new ArrayList<>();
                  namespaceIn(log).index().forEach((hash, position) -> hashes.add(hash));
                  return hashes;
                }));
  }

  private Namespace namespaceIn(LogFile log) {
    Namespace namespace = log.namespace(number);
    if (namespace == null || namespace.isDestroyed()) {
      throw errors.gone();
    }
    return namespace;
  }

  private DamagedRecordException damageOf(LogFile log, KeyHash hash) throws IOException {
    try {
      Namespace namespace = namespaceIn(log);
      long position = log.ask(state -> namespace.index().get(hash));
      if (position != 0) {
        log.reader().read(namespace, hash, position, null, errors);
        whole++;
      }
      return null;
    } catch (DamagedRecordException e) {
      return e;
    }
  }

  private Void setAside(LogFile log, KeyHash hash) throws IOException {
    if (damageOf(log, hash) == null) {
      return null; // written anew meanwhile
    }
    long position = namespaceIn(log).index().get(hash);
    long offset = Position.offsetOf(position);
    Path copy = new Quarantine(engine.path()).keep(log, number, offset, Position.bytesOf(position));
    setAside.add(copy.toString());
    Append append = log.append(engine.versions(), true);
    RecordBody body = RecordBody.empty();
    append.add(RecordHeader.of(RecordType.REMOVE, number, hash, body), body, false);
    append.commit();
    return null;
  }

  private Void settle(LogFile log) throws IOException {
    long doubtEnd = log.state().doubtEnd();
    Quarantine quarantine = new Quarantine(engine.path());
    for (LogEntry lost : log.state().lost()) {
      setAside.add(quarantine.keep(log, 0, lost.offset(), lost.bytes()).toString());
    }
    RecordBody body = RecordBody.empty();
    Append append = log.append(engine.versions(), true);
    KeyHash settled = new KeyHash(doubtEnd, 0);
    append.add(RecordHeader.of(RecordType.SETTLED, 0, settled, body), body, false);
    append.commit();
    return null;
  }
}
