package io.klepto.jcache.config.file;

import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.copy.Copier;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.StandardKeymap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * Reads the parts of a cache that can be classes of the user's: loader, writer, copier, listeners,
 * expiry and keymap. Used by one thread, once.
 */
final class PartsReader {
  private static final String CLASS = "the name of a class";

  private final Section cache;
  private final Consumer<Consumer<KleptoConfigurationBuilder<Object, Object>>> plain;
  private final Consumer<CacheSettings.Step> named;

  /**
   * Makes a reader.
   *
   * @param cache the settings of the cache
   * @param plain takes steps that need no class
   * @param named takes steps that need classes
   */
  PartsReader(
      Section cache,
      Consumer<Consumer<KleptoConfigurationBuilder<Object, Object>>> plain,
      Consumer<CacheSettings.Step> named) {
    this.cache = cache;
    this.plain = plain;
    this.named = named;
  }

  void read() {
    readLoader();
    readWriter();
    readCopier();
    readExpiry(cache.section("expiry"));
    cache.take("keymap", this::readKeymap);
    cache.take("listeners", this::readListeners);
  }

  @SuppressWarnings("unchecked") // a class has no type arguments
  private void readLoader() {
    cache.take(
        "loader",
        value -> {
          value.name(CLASS);
          named.accept(
              (b, classes) ->
                  b.loader(
                      (Factory<? extends CacheLoader<Object, Object>>)
                          (Factory<?>) classes.factory(value, CacheLoader.class)));
        });
    cache.take("read-through", value -> last(value.flag(), (b, on) -> b.readThrough(on)));
  }

  @SuppressWarnings("unchecked") // a class has no type arguments
  private void readWriter() {
    cache.take(
        "writer",
        value -> {
          value.name(CLASS);
          named.accept(
              (b, classes) ->
                  b.writer(
                      (Factory<? extends CacheWriter<? super Object, ? super Object>>)
                          (Factory<?>) classes.factory(value, CacheWriter.class)));
        });
    cache.take("write-through", value -> last(value.flag(), (b, on) -> b.writeThrough(on)));
  }

  /** Adds a switch behind the class that turns it on by itself. */
  private void last(
      boolean on, BiConsumer<KleptoConfigurationBuilder<Object, Object>, Boolean> step) {
    named.accept((builder, classes) -> step.accept(builder, on));
  }

  private void readCopier() {
    cache.take(
        "copier",
        value -> {
          value.name(CLASS);
          named.accept((b, classes) -> b.copier(classes.factory(value, Copier.class)));
        });
  }

  private void readExpiry(Section expiry) {
    Optional<Value> after = expiry.value("after");
    Optional<Duration> duration = after.map(Value::duration);
    expiry.take(
        "policy",
        value -> {
          String expected = "one of eternal, created, accessed, modified, touched, or a class name";
          if (value.name(expected).contains(".")) {
            named.accept((b, classes) -> b.expiry(classes.factory(value, ExpiryPolicy.class)));
          } else {
            Factory<ExpiryPolicy> factory = expiryOf(value, after, duration);
            plain.accept(builder -> builder.expiry(factory));
          }
        });
    expiry.requireNothingElse();
  }

  private static Factory<ExpiryPolicy> expiryOf(
      Value policy, Optional<Value> after, Optional<Duration> duration) {
    Map<String, Function<javax.cache.expiry.Duration, Factory<ExpiryPolicy>>> policies =
        new LinkedHashMap<>();
    policies.put("eternal", ignored -> EternalExpiryPolicy.factoryOf());
    policies.put("created", CreatedExpiryPolicy::factoryOf);
    policies.put("accessed", AccessedExpiryPolicy::factoryOf);
    policies.put("modified", ModifiedExpiryPolicy::factoryOf);
    policies.put("touched", TouchedExpiryPolicy::factoryOf);
    Function<javax.cache.expiry.Duration, Factory<ExpiryPolicy>> chosen = policy.choice(policies);
    if (chosen == policies.get("eternal")) {
      return EternalExpiryPolicy.factoryOf();
    }
    if (duration.isEmpty()) {
      throw policy.refused("a duration beside it, as after = 10 minutes", "none", "");
    }
    long millis = millisOf(after.get(), duration.get());
    return chosen.apply(new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, millis));
  }

  private static long millisOf(Value after, Duration duration) {
    long millis = duration.toSeconds() > Long.MAX_VALUE / 2_000 ? -1 : duration.toMillis();
    if (millis < 0 || (millis == 0 && !duration.isZero())) {
      throw after.refused("a duration of whole milliseconds, up to 292 years");
    }
    return millis;
  }

  private void readKeymap(Value value) {
    List<Link> chain = new ArrayList<>();
    for (Value each : value.list("keymaps")) {
      chain.add(each.isSection() ? link(each.section()) : link(each, Optional.empty()));
    }
    if (chain.isEmpty()) {
      throw value.refusedByType("at least one keymap");
    }
    CacheSettings.Step step = (builder, classes) -> builder.keymap(keymapOf(chain, classes));
    if (chain.stream().allMatch(Link::isStandard)) {
      plain.accept(builder -> step.apply(builder, null));
    } else {
      named.accept(step);
    }
  }

  private static Keymap keymapOf(List<Link> chain, NamedClasses classes) {
    return chain.stream().map(link -> link.keymap(classes)).reduce(Keymap::then).orElseThrow();
  }

  private Link link(Section section) {
    Value type =
        section.value("type").orElseThrow(() -> section.whole().refused("a type", "none", ""));
    Optional<Value> algorithm = section.value("algorithm");
    Link link = link(type, algorithm);
    Optional<Boolean> typed = section.value("typed").map(Value::flag);
    Optional<Boolean> flat = section.value("flat").map(Value::flag);
    Optional<String> sentinel = section.value("sentinel").map(value -> value.text("a text"));
    section.requireNothingElse();
    if (!link.isStandard() && (typed.isPresent() || flat.isPresent() || sentinel.isPresent())) {
      throw type.refused("a standard keymap beside typed, flat and sentinel");
    }
    if (!link.isStandard()) {
      return link;
    }
    StandardKeymap keymap = link.standard();
    keymap = typed.isPresent() ? keymap.typed(typed.get()) : keymap;
    keymap = flat.isPresent() ? keymap.flat(flat.get()) : keymap;
    return new Link(sentinel.isPresent() ? keymap.sentinel(sentinel.get()) : keymap, null);
  }

  private static Link link(Value type, Optional<Value> algorithm) {
    if (type.name("the type of a keymap").contains(".")) {
      return new Link(null, type);
    }
    Map<String, Supplier<StandardKeymap>> types = new LinkedHashMap<>();
    types.put("raw", Keymaps::raw);
    types.put("hash", () -> algorithm.map(PartsReader::hash).orElseGet(Keymaps::hash));
    types.put("string", Keymaps::string);
    types.put("serialized", Keymaps::serialized);
    return new Link(type.choice(types).get(), null);
  }

  private static StandardKeymap hash(Value algorithm) {
    String expected = "a digest algorithm of this platform, such as SHA-256";
    try {
      return Keymaps.hash(algorithm.name(expected));
    } catch (IllegalArgumentException e) {
      throw algorithm.refused(expected);
    }
  }

  /** One keymap of a chain: a standard one, or the name of a class. */
  private record Link(StandardKeymap standard, Value named) {
    boolean isStandard() {
      return named == null;
    }

    Keymap keymap(NamedClasses classes) {
      return isStandard() ? standard : classes.factory(named, Keymap.class).create();
    }
  }

  private void readListeners(Value value) {
    Set<List<Object>> before = new HashSet<>();
    for (Value each : value.list("listeners within { }")) {
      Section listener = each.section();
      Value type =
          listener
              .value("class")
              .orElseThrow(() -> each.refused("a listener with its class", "one without", ""));
      Optional<Value> filter = listener.value("filter");
      boolean oldValue = flag(listener, "old-value-required");
      boolean synchronous = flag(listener, "synchronous");
      listener.requireNothingElse();
      Optional<String> filterName = filter.map(found -> found.name(CLASS));
      if (!before.add(List.of(type.name(CLASS), filterName, oldValue, synchronous))) {
        throw each.refused("each listener once", "the same twice", "");
      }
      named.accept(
          (builder, classes) ->
              builder.listener(
                  listening(classes, type, filter.orElse(null), oldValue, synchronous)));
    }
  }

  private static boolean flag(Section section, String name) {
    return section.value(name).map(Value::flag).orElse(false);
  }

  @SuppressWarnings("unchecked") // a class has no type arguments
  private static MutableCacheEntryListenerConfiguration<Object, Object> listening(
      NamedClasses classes, Value type, Value filter, boolean oldValue, boolean synchronous) {
    Factory<?> listener = classes.factory(type, CacheEntryListener.class);
    Factory<?> filtering =
        filter == null ? null : classes.factory(filter, CacheEntryEventFilter.class);
    return new MutableCacheEntryListenerConfiguration<>(
        (Factory<CacheEntryListener<Object, Object>>) listener,
        (Factory<CacheEntryEventFilter<Object, Object>>) filtering,
        oldValue,
        synchronous);
  }
}
