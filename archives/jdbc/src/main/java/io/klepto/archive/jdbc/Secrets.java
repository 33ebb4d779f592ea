package io.klepto.archive.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Texts that no message may show: passwords, and the parameters of URLs, in which some engines want
 * them. Drivers and pools put both into their messages.
 *
 * <p>Immutable; shows nothing by {@code toString}.
 */
final class Secrets {
  private static final String HIDDEN = "***";
  private static final List<String> TELLING = List.of("pass", "pwd", "secret", "token", "key");
  private static final int MAX_DEPTH = 16;

  private final List<String> texts; // the longest first, so that none hides a part of another

  private Secrets(Set<String> texts) {
    this.texts =
        texts.stream()
            .filter(text -> !text.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Returns the secrets in a URL, and a password. */
  static Secrets of(String url, String password) {
    Set<String> texts = new TreeSet<>();
    texts.add(password);
    int end = url.indexOf('?') >= 0 ? url.indexOf('?') : url.indexOf(';');
    int at = url.lastIndexOf('@', end < 0 ? url.length() : end);
    int authority = url.indexOf("//");
    if (at > authority && authority >= 0) {
      texts.add(url.substring(authority + 2, at));
      int colon = url.indexOf(':', authority);
      if (colon >= 0 && colon < at) {
        addValue(texts, url.substring(colon + 1, at));
      }
    }
    if (end >= 0) {
      for (String parameter : url.substring(end + 1).split("[&;?]", -1)) {
        int equals = parameter.indexOf('=');
        if (equals >= 0 && isTelling(parameter.substring(0, equals))) {
          texts.add(parameter);
          addValue(texts, parameter.substring(equals + 1));
        }
      }
    }
    return new Secrets(texts);
  }

  private static boolean isTelling(String parameter) {
    String name = parameter.toLowerCase(Locale.ROOT);
    return TELLING.stream().anyMatch(name::contains);
  }

  private static void addValue(Set<String> texts, String value) {
    texts.add(value);
    try {
      texts.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return; // not encoded, so the text itself is all there is
    }
  }

  /** Returns a text with every secret in it hidden. */
  String hide(String text) {
    String hidden = text;
    for (String secret : texts) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    return hidden;
  }

  /** Returns a cause that shows no secret: itself, or a copy that keeps the stack traces. */
  Throwable hide(Throwable cause) {
    return isClean(cause, MAX_DEPTH) ? cause : copy(cause, MAX_DEPTH);
  }

  private boolean isClean(Throwable cause, int depth) {
    if (cause == null) {
      return true;
    }
    if (depth == 0 || !hide(cause.toString()).equals(cause.toString())) {
      return false;
    }
    for (Throwable suppressed : cause.getSuppressed()) {
      if (!isClean(suppressed, depth - 1)) {
        return false;
      }
    }
    return isClean(cause.getCause(), depth - 1)
        && (!(cause instanceof SQLException sql) || isClean(sql.getNextException(), depth - 1));
  }

  private SQLException copy(Throwable cause, int depth) {
    SQLException sql = cause instanceof SQLException found ? found : null;
    SQLException copy =
        new SQLException(
            hide(cause.toString()),
            sql == null ? null : sql.getSQLState(),
            sql == null ? 0 : sql.getErrorCode());
    copy.setStackTrace(cause.getStackTrace());
    if (depth > 1) {
      if (cause.getCause() != null) {
        copy.initCause(copy(cause.getCause(), depth - 1));
      }
      if (sql != null && sql.getNextException() != null) {
        copy.setNextException(copy(sql.getNextException(), depth - 1));
      }
      for (Throwable suppressed : cause.getSuppressed()) {
        copy.addSuppressed(copy(suppressed, depth - 1));
      }
    }
    return copy;
  }

  @Override
  public String toString() {
    return texts.size() + " secrets";
  }
}
