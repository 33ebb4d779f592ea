package io.klepto.examples;

import java.io.Console;
import java.util.Map;

/** What is known of the terminal that a program runs in. */
final class Terminal {
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /** Returns whether a person sees the output, so that a line may be drawn over. */
  @SuppressWarnings("SystemConsoleNull") // Null tells before JDK 22; since then isTerminal does.
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("java.io.Console.isTerminal failed", e);
    }
  }

  /** Returns how many characters a line has: the variable COLUMNS if it says so, or 80. */
  static int columns(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
  }
}
