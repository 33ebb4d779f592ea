package io.klepto.golden.archives;

import java.util.EnumSet;
import java.util.Set;

/** What can be asked of an archive, or of a cache over one; the recorded names in capitals. */
enum Verb {
  LEN,
  KEYS,
  VALUES,
  ITEMS,
  ITER,
  /** The entries by klepto's bulk reader. */
  ASDICT,
  SET,
  GET,
  /** Gets with a default, None unless given. */
  GETD,
  IN,
  DEL,
  POP,
  POPKEYS,
  POPITEM,
  SETDEFAULT,
  UPDATE,
  UPDATEKW,
  CLEAR,
  EQSELF,
  FROMKEYS,
  COPY,
  SYNC,
  LOAD,
  DUMP,
  DROP,
  ARCHIVED,
  ARCHIVE_ITEMS,
  ARCHIVE_SET,
  /** Attaches a dictionary that has one entry. */
  OPEN_DICT,
  ARCHIVETYPE,
  SET_ARCHIVE_ATTR,
  NAME,
  STATE,
  TYPE;

  /** What klepto's archives answer, or refuse, since they share a base class with its caches. */
  private static final Set<Verb> NOT_OF_ARCHIVES =
      EnumSet.of(
          LOAD, DUMP, DROP, ARCHIVED, OPEN_DICT, ARCHIVETYPE, SET_ARCHIVE_ATTR, NAME, STATE, TYPE);

  /** A cache of klepto's is a dict, and so is its copy. */
  private static final Set<Verb> NOT_OF_CACHES = EnumSet.of(TYPE, COPY);

  /** Returns whether there is such a verb here at all, for caches or for archives. */
  boolean isOurs(boolean cached) {
    return !(cached ? NOT_OF_CACHES : NOT_OF_ARCHIVES).contains(this);
  }
}
