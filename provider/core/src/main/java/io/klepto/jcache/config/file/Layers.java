package io.klepto.jcache.config.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueType;
import java.util.Collection;
import java.util.List;

/**
 * The defaults of a file, and how the settings of one cache lie above them: each key replaces the
 * default's. Where a key of the cache makes one of the defaults meaningless, that falls away.
 *
 * <p>Immutable after {@link #check}.
 */
final class Layers {
  /** What takes entries out of memory; caches that are kept whole don't inherit it. */
  private static final List<String> LOSING =
      List.of("policy", "max-entries", "batch", "seed", "purge", "expiry");

  private final Section defaults;
  private final NamePatterns except;
  private final NamePatterns kept;
  private final Collection<String> asked;

  Layers(Section defaults, NamePatterns except, NamePatterns kept, Collection<String> asked) {
    this.defaults = defaults;
    this.except = except;
    this.kept = kept;
    this.asked = asked;
  }

  /** Reads the defaults by themselves, so that what is wrong there is told as theirs. */
  void check() {
    defaults
        .section("archive")
        .take(
            "namespace",
            value -> {
              throw value.refused(
                  "no namespace among the defaults", "one", "; it belongs to one cache");
            });
    new CacheReader(defaults).read();
  }

  /** Reads the settings of a cache that is configured. */
  CacheSettings read(String name, Value own) {
    own.section(); // refuses what is none
    ConfigObject merged = merged(name, (ConfigObject) own.value());
    return new CacheReader(new Section(own.path(), merged, asked)).read();
  }

  /** Reads the settings of a cache that is not configured: what the defaults say of it. */
  CacheSettings read(String name) {
    ConfigObject merged = merged(name, ConfigFactory.empty().root());
    return new CacheReader(new Section(defaults.whole().path(), merged, asked)).read();
  }

  private ConfigObject merged(String name, ConfigObject own) {
    if (except.match(name)) {
      return own;
    }
    Config inherited = ((ConfigObject) defaults.whole().value()).toConfig();
    if (kept.match(name)) {
      for (String key : LOSING) {
        inherited = inherited.withoutPath(key);
      }
    }
    return own.toConfig().withFallback(fitting(own, inherited)).root();
  }

  private static Config fitting(ConfigObject own, Config inherited) {
    Config fitting = inherited;
    if (says(own, "policy") && isUnboundedPolicy(own)) {
      fitting = fitting.withoutPath("max-entries");
    } else if (says(own, "max-entries") && isUnboundedPolicy(inherited.root())) {
      fitting = fitting.withoutPath("policy");
    }
    if (says(own, "keymap")) {
      fitting = fitting.withoutPath("keymap");
    }
    if (own.get("archive") instanceof ConfigObject archive && says(archive, "location")) {
      fitting = fitting.withoutPath("archive.settings"); // of another back-end
    }
    return fitting;
  }

  private static boolean says(ConfigObject object, String key) {
    return object.get(key) != null && object.get(key).valueType() != ConfigValueType.NULL;
  }

  private static boolean isUnboundedPolicy(ConfigObject object) {
    return says(object, "policy")
        && object.get("policy").unwrapped() instanceof String policy
        && (policy.equalsIgnoreCase("NO") || policy.equalsIgnoreCase("INF"));
  }
}
