package io.klepto.archive.store;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Takes settings out by name and type, and refuses in the end what was not asked for.
 *
 * <p>Every failure is an {@link ArchiveException} that names the archive, the setting, and what was
 * expected; the value is told unless the setting was read as {@link #secret}. Used by one thread.
 */
public final class SettingsReader {
  private final String subject;
  private final NavigableMap<String, String> left;
  private final TreeSet<String> known = new TreeSet<>();

  SettingsReader(String subject, NavigableMap<String, String> left) {
    this.subject = requireNonNull(subject, "subject");
    this.left = left;
  }

  /** Takes a setting of any text; empty if it is not set. */
  public Optional<String> text(String name) {
    known.add(name);
    return Optional.ofNullable(left.remove(name));
  }

  /** Takes a setting that no message may show; empty if it is not set. */
  public Optional<String> secret(String name) {
    return text(name);
  }

  /**
   * Takes a setting that is one of a few words, compared as they are.
   *
   * @param unset what is returned if it is not set
   */
  public String choice(String name, List<String> words, String unset) {
    String value = text(name).orElse(unset);
    if (!words.contains(value)) {
      throw refused(name, "one of " + words, "\"" + value + "\"");
    }
    return value;
  }

  /** Takes a setting that is {@code true} or {@code false}. */
  public boolean flag(String name, boolean unset) {
    return Boolean.parseBoolean(choice(name, List.of("true", "false"), Boolean.toString(unset)));
  }

  /**
   * Takes a setting that is a whole number within bounds.
   *
   * @param unset what is returned if it is not set
   * @param min the least number that is allowed
   * @param max the greatest
   */
  public long wholeNumber(String name, long unset, long min, long max) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return unset;
    }
    String expected = "a whole number from " + min + " to " + max;
    try {
      long number = Long.parseLong(value.get());
      if (number < min || number > max) {
        throw refused(name, expected, value.get());
      }
      return number;
    } catch (NumberFormatException e) {
      ArchiveException refused = refused(name, expected, "\"" + value.get() + "\"");
      refused.initCause(e);
      throw refused;
    }
  }

  /** Ends the reading: refuses the first setting that was not taken, and names the nearest. */
  public void requireNoneLeft() {
    for (Map.Entry<String, String> unknown : left.entrySet()) {
      throw new ArchiveException(
          known.isEmpty()
              ? "archive %s: expected no settings, found %s".formatted(subject, unknown.getKey())
              : "archive %s: expected a setting that is known here, found %s%s"
                  .formatted(
                      subject, unknown.getKey(), Suggestion.remedy(known, unknown.getKey())));
    }
  }

  /** Returns the failure of a setting, for a back-end that checks more than the types here. */
  public ArchiveException refused(String name, String expected, String found) {
    return new ArchiveException(
        "archive %s, setting %s: expected %s, found %s".formatted(subject, name, expected, found));
  }
}
