package io.klepto.archive.jdbc;

/** What lies behind an {@code SQLException}, as far as a caller can do something about it. */
enum FailureKind {
  /** No connection could be had, or it broke; a statement under way may be done or not. */
  LOST("a connection to the database", "the next call connects again; check that it runs"),
  /** Somebody else held a lock for longer than we wait. */
  LOCKED(
      "the lock in time",
      "another session holds it; end its transaction, or raise lock-timeout-millis"),
  /** Rolled back in favour of somebody else; doing it again is right. */
  CONTENDED("to win against the other writers", "try again"),
  /** The file is open in another process, and the engine allows one. */
  IN_USE(
      "a file that no other process has open",
      "another process has it; close it there, or choose an engine for many processes"),
  /** No right to do this. */
  DENIED("the right to do this", "check user, password and grants"),
  /** Database, transaction or file is read-only. */
  READ_ONLY("a database that can be written", "check its permissions and mode"),
  /** No room. */
  FULL("free space", "free or add some"),
  /** More bytes than the engine takes at once. */
  TOO_LARGE("a value that the database takes", "split the value, or raise the database's limit"),
  /** There is no such database. */
  NO_DATABASE("the database to exist", "create it, or check the URL"),
  /** There is no such table. */
  NO_TABLE(
      "the table to exist", "it was destroyed or dropped by another user: open the archive again"),
  /** There is such a table already. */
  TABLE_EXISTS("no such table", "choose another name"),
  /** There is such a key already. */
  DUPLICATE("no row with this key", "try again"),
  /** What the engine has on its disk is not what it wrote. */
  CORRUPT("whole pages of the database", "restore it, or repair it by the means of the database"),
  /** Anything else. */
  OTHER("the database to do it", "the cause says more");

  private final String expected;
  private final String remedy;

  FailureKind(String expected, String remedy) {
    this.expected = expected;
    this.remedy = remedy;
  }

  /** Returns what was expected, for a message. */
  String expected() {
    return expected;
  }

  /** Returns what the reader of a message can do. */
  String remedy() {
    return remedy;
  }
}
