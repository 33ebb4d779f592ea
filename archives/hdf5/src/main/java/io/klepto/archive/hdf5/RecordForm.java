package io.klepto.archive.hdf5;

import java.util.Locale;

/** In what form a record lies in its dataset. */
enum RecordForm {
  /** The dataset is the value, in its own type. */
  NATIVE(1),
  /** The dataset is the payload, unsigned bytes. */
  PAYLOAD(2),
  /** The dataset is the whole envelope, unsigned bytes: for keys that no attribute can hold. */
  ENVELOPE(3),
  /** The dataset is the key; its attribute {@code value} is the value, in its own type or bytes. */
  ATTRIBUTE(4);

  private final int id;

  RecordForm(int id) {
    this.id = id;
  }

  /** Returns the number that stands in entries. */
  int id() {
    return id;
  }

  /**
   * Returns the form of an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  static RecordForm of(int id) {
    for (RecordForm form : values()) {
      if (form.id == id) {
        return form;
      }
    }
    throw new IllegalArgumentException("a form from 1 to " + values().length + ", found " + id);
  }

  /** Returns the name that stands in the attribute {@code form}. */
  String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}
