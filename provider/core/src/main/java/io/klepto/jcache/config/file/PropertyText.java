package io.klepto.jcache.config.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import javax.cache.CacheException;

/**
 * Reads properties as a configuration: {@code klepto.caches."a.b".max-entries=10}, quoted where a
 * name has dots, as HOCON does. Elements of a list are numbered from 0. What does not begin with
 * {@code klepto} is somebody else's.
 */
final class PropertyText {
  private static final String OURS = ManagerReader.ROOT + ".";

  private PropertyText() {}

  /** Returns what a file of properties says, each value with its line. */
  static Config parse(SourceText source) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(source.text()));
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          source.place().name()
              + ": expected properties, found a broken escape (backslash u and no 4 digits)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return configOf(properties, source.place().name(), linesOf(source));
  }

  /** Returns what the properties of a manager say. */
  static Config of(Properties properties) {
    return configOf(properties, "the manager's properties", Map.of());
  }

  private static Config configOf(
      Properties properties, String description, Map<String, Integer> lines) {
    ConfigOrigin origin = ConfigOriginFactory.newSimple(description);
    Config config = ConfigFactory.empty(description);
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (name.startsWith(OURS)) {
        config =
            config.withValue(
                pathOf(name, description, lines),
                ConfigValueFactory.fromAnyRef(properties.getProperty(name), description)
                    .withOrigin(lineOf(origin, lines.get(name))));
      } else {
        ManagerReader.requireNotMeantForUs(List.of(name.split("\\.", 2)).get(0), description);
      }
    }
    return config;
  }

  private static ConfigOrigin lineOf(ConfigOrigin origin, Integer line) {
    return line == null ? origin : origin.withLineNumber(line);
  }

  private static String pathOf(String name, String description, Map<String, Integer> lines) {
    try {
      return ConfigUtil.joinPath(ConfigUtil.splitPath(name));
    } catch (ConfigException.BadPath e) {
      String line = lines.containsKey(name) ? ", line " + lines.get(name) : "";
      throw new CacheException(
          "%s%s: expected names separated by dots, quoted where a name has more than letters, digits and hyphens, found %s"
              .formatted(description, line, name),
          e);
    }
  }

  /** Returns the line on which each name stands, and refuses one that stands twice. */
  private static Map<String, Integer> linesOf(SourceText source) {
    Map<String, Integer> lines = new HashMap<>();
    boolean continued = false;
    int number = 0;
    for (String line : source.text().split("\r\n|[\r\n]", -1)) {
      number++;
      if (!continued) {
        for (String name : namesOf(line)) {
          Integer before = lines.put(name, number);
          if (before != null && name.startsWith(OURS)) {
            throw new CacheException(
                "%s, line %d: expected %s once, found it on line %d, too"
                    .formatted(source.place().name(), number, name, before));
          }
        }
      }
      continued = (continued || !isComment(line)) && endsWithOddBackslashes(line);
    }
    return lines;
  }

  private static boolean isComment(String line) {
    String begun = line.stripLeading();
    return begun.startsWith("#") || begun.startsWith("!");
  }

  private static Iterable<String> namesOf(String line) {
    Properties one = new Properties();
    try {
      one.load(new StringReader(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return one.stringPropertyNames();
  }

  private static boolean endsWithOddBackslashes(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return (line.length() - end) % 2 == 1;
  }
}
