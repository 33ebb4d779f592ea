package io.klepto.apps.hibernate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps the warnings of a logger and of those below it, from now until it is closed. */
final class Warnings extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> messages = new CopyOnWriteArrayList<>();

  private Warnings(Logger logger) {
    this.logger = logger;
    setFormatter(new SimpleFormatter());
    setLevel(Level.WARNING);
  }

  static Warnings of(String logger) {
    Warnings warnings = new Warnings(Logger.getLogger(logger));
    warnings.logger.addHandler(warnings);
    return warnings;
  }

  boolean tellOf(String text) {
    return messages.stream().anyMatch(message -> message.contains(text));
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      messages.add(getFormatter().formatMessage(entry));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }

  @Override
  public String toString() {
    return String.join("\n", messages);
  }
}
