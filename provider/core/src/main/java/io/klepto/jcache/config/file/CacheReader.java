package io.klepto.jcache.config.file;

import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.ComputeOnce;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.EvictionSettings;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.Sharing;
import io.klepto.jcache.config.SharingBuilder;
import io.klepto.keymap.Rounding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Reads the settings of one cache, one method for each concept. Used by one thread, once. */
final class CacheReader {
  private final Section section;
  private final List<CacheSettings.Step> steps = new ArrayList<>();
  private final KleptoConfigurationBuilder<Object, Object> trial =
      KleptoConfiguration.builder(Object.class, Object.class);

  /**
   * Makes a reader.
   *
   * @param section its settings, above the defaults
   */
  CacheReader(Section section) {
    this.section = section;
  }

  /** Reads everything, and refuses what is not known. */
  CacheSettings read() {
    Optional<Value> keyType = section.value("key-type");
    Optional<Value> valueType = section.value("value-type");
    keyType.ifPresent(value -> value.name("the name of a class"));
    valueType.ifPresent(value -> value.name("the name of a class"));
    readEviction();
    readSwitches();
    Optional<Value> location = new ArchiveReader(section, this::plain, this::named).read();
    readSharing(section.section("sharing"));
    readRounding(section.section("rounding"));
    new PartsReader(section, this::plain, this::named).read();
    section.requireNothingElse();
    return new CacheSettings(section.whole(), keyType, valueType, location, steps, trialOf());
  }

  private KleptoConfiguration<Object, Object> trialOf() {
    try {
      return trial.build();
    } catch (IllegalArgumentException e) {
      throw section.whole().refused("settings that agree", e.getMessage(), "");
    }
  }

  /** Adds a step that needs no class, and does it on the trial at once. */
  private void plain(Consumer<KleptoConfigurationBuilder<Object, Object>> step) {
    step.accept(trial);
    steps.add((builder, classes) -> step.accept(builder));
  }

  /** Adds a step that needs classes. */
  private void named(CacheSettings.Step step) {
    steps.add(step);
  }

  private void readEviction() {
    Map<String, EvictionPolicy> policies = new LinkedHashMap<>();
    for (EvictionPolicy policy : EvictionPolicy.values()) {
      policies.put(policy.name(), policy);
    }
    section.take("policy", value -> set(value.choice(policies), (b, v) -> b.policy(v)));
    section.take("max-entries", value -> set(maxEntries(value), (b, v) -> b.maxEntries(v)));
    section.take(
        "batch",
        value ->
            set(
                (int) value.wholeNumber(" of entries", 1, Integer.MAX_VALUE),
                (b, v) -> b.batch(v)));
    section.take(
        "seed",
        value -> set(value.wholeNumber("", Long.MIN_VALUE, Long.MAX_VALUE), (b, v) -> b.seed(v)));
    section.take("purge", value -> set(value.flag(), (b, v) -> b.purge(v)));
  }

  private static long maxEntries(Value value) {
    String expected = "a whole number of entries, at least 0, or unbounded";
    String text = value.text(expected).strip();
    if (text.equalsIgnoreCase("unbounded")) {
      return EvictionSettings.UNBOUNDED;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw value.refused(expected);
    }
    return Long.parseLong(text);
  }

  private void readSwitches() {
    section.take("store-by-value", value -> set(value.flag(), (b, v) -> b.storeByValue(v)));
    section.take("statistics", value -> set(value.flag(), (b, v) -> b.statistics(v)));
    section.take("management", value -> set(value.flag(), (b, v) -> b.management(v)));
    section.take(
        "failure", value -> set(value.choice(words(Failure.values())), (b, v) -> b.failure(v)));
  }

  private void readSharing(Section sharing) {
    SharingBuilder builder = Sharing.builder();
    sharing.take("coherence", value -> builder.coherence(value.choice(words(Coherence.values()))));
    sharing.take(
        "compute-once", value -> builder.computeOnce(value.choice(words(ComputeOnce.values()))));
    sharing.take("compute-wait", value -> builder.computeWait(value.duration()));
    sharing.take("change-wait", value -> builder.changeWait(value.duration()));
    sharing.requireNothingElse();
    if (!sharing.isEmpty()) {
      set(agreed(sharing, builder::build), (b, v) -> b.sharing(v));
    }
  }

  private void readRounding(Section rounding) {
    Map<String, IntFunction<Rounding>> depths = new LinkedHashMap<>();
    depths.put("none", digits -> Rounding.none());
    depths.put("simple", Rounding::simple);
    depths.put("shallow", Rounding::shallow);
    depths.put("deep", Rounding::deep);
    Optional<IntFunction<Rounding>> depth =
        rounding.value("depth").map(value -> value.choice(depths));
    int digits =
        rounding
            .value("digits")
            .map(value -> (int) value.wholeNumber(" of digits", -1_100, 1_100))
            .orElse(0);
    rounding.requireNothingElse();
    depth.ifPresent(rounded -> set(rounded.apply(digits), (b, v) -> b.rounding(v)));
  }

  private <T> void set(T value, BiConsumer<KleptoConfigurationBuilder<Object, Object>, T> step) {
    plain(builder -> step.accept(builder, value));
  }

  /** Returns what a builder builds, or refuses the section that it was told. */
  static <T> T agreed(Section told, Supplier<T> build) {
    try {
      return build.get();
    } catch (IllegalArgumentException e) {
      throw told.whole().refused("settings that agree", e.getMessage(), "");
    }
  }

  /** Returns the constants of an enum by the words that the file has for them. */
  static <E extends Enum<E>> Map<String, E> words(E[] constants) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return words;
  }
}
