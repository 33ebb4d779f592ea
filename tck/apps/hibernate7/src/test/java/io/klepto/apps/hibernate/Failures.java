package io.klepto.apps.hibernate;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** What failures say, from Hibernate's own down to the first. */
final class Failures {
  private Failures() {}

  /** Returns the messages of what a call must throw, and of all its causes, a line each. */
  static String told(Class<? extends Throwable> expected, Executable call) {
    List<String> messages = new ArrayList<>();
    for (Throwable each = assertThrows(expected, call); each != null; each = each.getCause()) {
      messages.add(String.valueOf(each.getMessage()));
    }
    return String.join("\n", messages);
  }
}
