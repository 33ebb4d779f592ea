package io.klepto.jcache.config.file;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns of cache names: {@code *} stands for any characters, {@code ?} for one; all others for
 * themselves. Immutable.
 */
final class NamePatterns {
  private final List<Pattern> patterns;

  NamePatterns(List<String> patterns) {
    this.patterns = patterns.stream().map(NamePatterns::compiled).toList();
  }

  private static Pattern compiled(String text) {
    StringBuilder regex = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  boolean match(String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }
}
