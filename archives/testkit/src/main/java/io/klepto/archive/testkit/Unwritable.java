package io.klepto.archive.testkit;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** A value that no codec can write: its own serialization refuses. */
final class Unwritable implements Serializable {
  private static final long serialVersionUID = 1L;

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("refuses to be written to " + out.getClass().getName());
  }
}
