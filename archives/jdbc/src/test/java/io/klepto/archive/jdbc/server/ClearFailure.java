package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.function.Executable;

/** What every failure of an engine must be: told by name, with a reason, and without secrets. */
final class ClearFailure {
  private ClearFailure() {}

  /**
   * Requires a call to fail, and clearly so.
   *
   * @param named what the message must contain, such as the name of the store
   */
  static ArchiveException of(String named, Executable call) {
    ArchiveException failure = assertThrows(ArchiveException.class, call);
    require(failure, named);
    return failure;
  }

  /** Requires a failure to be clear: its message, and the text of all its causes. */
  static void require(ArchiveException failure, String named) {
    String all = textOf(failure);
    assertTrue(failure.getMessage().contains(named), () -> "expected " + named + ", found " + all);
    assertFalse(all.contains(DatabaseServer.PASSWORD), all);
    assertFalse(all.toLowerCase(Locale.ROOT).contains("password="), all);
  }

  /** Returns the messages and stack traces of a failure and all that caused it. */
  static String textOf(ArchiveException failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
