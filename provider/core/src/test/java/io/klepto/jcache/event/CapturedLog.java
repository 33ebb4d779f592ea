package io.klepto.jcache.event;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/** A logger that keeps what it is given. */
public final class CapturedLog implements System.Logger {
  /** What was logged at once; {@code thrown} may be null. */
  public record Line(Level level, String message, Throwable thrown) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();

  public List<Line> lines() {
    return lines;
  }

  @Override
  public String getName() {
    return "captured";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
    lines.add(new Line(level, message, thrown));
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
    String message = new MessageFormat(format, Locale.ROOT).format(parameters);
    lines.add(new Line(level, message, null));
  }
}
