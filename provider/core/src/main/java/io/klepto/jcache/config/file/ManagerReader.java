package io.klepto.jcache.config.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import io.klepto.archive.store.LocationName;
import io.klepto.archive.store.Suggestion;
import io.klepto.jcache.config.ArchiveSettings;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.CacheException;

/**
 * Reads a file and properties into what a manager needs to know: the settings of each cache that is
 * configured, and of those that are not. Properties replace what the file says.
 *
 * <p>Used by one thread. Loads no class that the file names.
 */
final class ManagerReader {
  /** The name below which everything stands that is ours. */
  static final String ROOT = "klepto";

  private static final List<String> KEPT_WHOLE =
      List.of("*default-update-timestamps-region", "*UpdateTimestampsCache");

  private final ConfigResolver outside;
  private final Collection<String> asked;

  /**
   * Makes a reader.
   *
   * @param outside what substitutions mean that the file does not explain
   * @param asked gets the path of each key that this reader knows
   */
  ManagerReader(ConfigResolver outside, Collection<String> asked) {
    this.outside = outside;
    this.asked = asked;
  }

  /**
   * Reads.
   *
   * @param source the file; empty for none
   * @param properties what stands above the file
   * @throws CacheException if something is not as it must be
   */
  CachesSettings read(Optional<SourceText> source, Config properties) {
    Config file = source.map(this::resolved).orElseGet(ConfigFactory::empty);
    ConfigObject root = properties.withFallback(file).root();
    if (!root.containsKey(ROOT)) {
      throw new CacheException(
          source.map(text -> text.place().name()).orElse("the manager's properties")
              + ": expected settings within "
              + ROOT
              + " { }, found "
              + (root.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(root.keySet()))));
    }
    return read(new Section("", root, asked).section(ROOT));
  }

  private Config resolved(SourceText source) {
    Config parsed = HoconText.parse(source);
    for (String name : new TreeSet<>(parsed.root().keySet())) {
      requireNotMeantForUs(name, Origins.of(parsed.root().get(name).origin()));
    }
    try {
      return parsed.resolve(ConfigResolveOptions.noSystem().appendResolver(outside));
    } catch (ConfigException e) {
      throw new CacheException(
          "%s: expected all substitutions to be known, found otherwise: %s; set it as an environment variable or a system property, or write ${?NAME} if it may be missing"
              .formatted(source.place().name(), e.getMessage()),
          e);
    }
  }

  /** Other names are other people's, but not one that is nearly ours. */
  static void requireNotMeantForUs(String name, String where) {
    if (!name.equals(ROOT) && Suggestion.among(List.of(ROOT), name).isPresent()) {
      throw new CacheException(
          "%s: %s: expected settings below %s, found %s; did you mean %s?"
              .formatted(where, name, ROOT, name, ROOT));
    }
  }

  private CachesSettings read(Section klepto) {
    Section defaults = klepto.section("defaults");
    NamePatterns except = patterns(klepto, "no-defaults", List.of());
    NamePatterns kept = patterns(klepto, "keep-all", KEPT_WHOLE);
    Section caches = klepto.section("caches");
    klepto.requireNothingElse();
    Layers layers = new Layers(defaults, except, kept, asked);
    layers.check();
    Map<String, CacheSettings> configured = new TreeMap<>();
    caches
        .values()
        .forEach(
            (name, value) -> {
              if (name.isEmpty()) {
                throw value.refused("the name of a cache", "an empty one", "");
              }
              configured.put(name, layers.read(name, value));
            });
    requireOwnPlaces(configured);
    return new CachesSettings(configured, layers);
  }

  private static NamePatterns patterns(Section klepto, String key, List<String> unset) {
    String expected = "patterns of cache names";
    return new NamePatterns(
        klepto
            .value(key)
            .map(value -> value.list(expected).stream().map(each -> each.name(expected)).toList())
            .orElse(unset));
  }

  /** Two caches over one part of an archive would not see each other's changes. */
  private static void requireOwnPlaces(Map<String, CacheSettings> configured) {
    Map<String, String> owners = new HashMap<>();
    configured.forEach(
        (name, cache) -> {
          if (cache.trial().archive().isPresent()) {
            ArchiveSettings archive = cache.trial().archive().get();
            URI location = archive.location().normalize();
            String owner = owners.putIfAbsent(location + "\n" + archive.namespace(name), name);
            if (owner != null) {
              throw cache.refused(
                  "a part of the archive that no other cache has",
                  "that of cache %s, namespace %s of %s"
                      .formatted(owner, archive.namespace(name), LocationName.of(location)),
                  "; give each its own archive.namespace");
            }
          }
        });
  }
}
