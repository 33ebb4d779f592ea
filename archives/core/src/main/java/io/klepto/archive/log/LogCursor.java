package io.klepto.archive.log;

import io.klepto.archive.store.OpenGate;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.StoreRecord;

/**
 * A walk over the keys that a namespace had when it began; each is looked up when its turn comes,
 * so that writes and compactions may happen meanwhile. It holds nothing open.
 */
final class LogCursor implements RecordCursor {
  private final OpenGate gate;
  private final LogEngine engine;
  private final LogErrors errors;
  private final int number;
  private long[] hashes;
  private int next;

  LogCursor(OpenGate gate, LogEngine engine, LogErrors errors, int number) {
    this.gate = gate;
    this.engine = engine;
    this.errors = errors;
    this.number = number;
    this.hashes = engine.read(log -> log.ask(state -> hashesIn(namespaceIn(log))));
  }

  private static long[] hashesIn(Namespace namespace) {
    HashIndex index = namespace.index();
    long[] found = new long[2 * index.size()];
    int[] count = {0};
    index.forEach(
        (hash, position) -> {
          found[count[0]++] = hash.high();
          found[count[0]++] = hash.low();
        });
    return found;
  }

  private Namespace namespaceIn(LogFile log) {
    Namespace namespace = log.namespace(number);
    if (namespace == null || namespace.isDestroyed()) {
      throw errors.gone();
    }
    return namespace;
  }

  @Override
  public StoreRecord next() {
    return gate.call(this::nextRecord);
  }

  private StoreRecord nextRecord() {
    StoreRecord record = null;
    while (record == null && next < hashes.length) {
      KeyHash hash = new KeyHash(hashes[next], hashes[next + 1]);
      next += 2;
      record = engine.read(log -> log.read(namespaceIn(log), hash, null, errors));
    }
    return record;
  }

  @Override
  public void close() {
    hashes = new long[0];
  }
}
