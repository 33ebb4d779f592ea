package io.klepto.archive.dir;

import io.klepto.archive.store.OpenGate;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.StoreRecord;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;

/** A walk over the record files, folder by folder; it holds nothing open between two calls. */
final class DirCursor implements RecordCursor {
  private final OpenGate gate;
  private final DirRecords records;
  private final DirListing listing;
  private final Iterator<Path> folders;
  private Iterator<Path> files = Collections.emptyIterator();

  DirCursor(OpenGate gate, DirRecords records, DirListing listing) {
    this.gate = gate;
    this.records = records;
    this.listing = listing;
    this.folders = listing.folders().iterator();
  }

  @Override
  public StoreRecord next() {
    return gate.call(this::nextRecord);
  }

  private StoreRecord nextRecord() {
    while (true) {
      while (files.hasNext()) {
        StoreRecord record = records.read(files.next(), null);
        if (record != null) {
          return record;
        }
      }
      if (!folders.hasNext()) {
        return null;
      }
      files = listing.recordsIn(folders.next()).iterator();
    }
  }

  @Override
  public void close() {
    while (folders.hasNext()) {
      folders.next();
    }
    files = Collections.emptyIterator();
  }
}
