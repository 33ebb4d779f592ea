package io.klepto.jcache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Durability;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.Listeners;
import io.klepto.jcache.TestCaches;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;

/** What a configuration holds, refuses, and hands on. */
final class KleptoConfigurationTest {
  private static KleptoConfigurationBuilder<String, Integer> numbers() {
    return TestCaches.numbers();
  }

  private static String refusalOf(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  /** One step for each setting, each away from the default. */
  private static List<UnaryOperator<KleptoConfigurationBuilder<String, Integer>>> settings() {
    Factory<ExpiryPolicy> expiry = CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY);
    InstantSource clock = InstantSource.system();
    CacheEntryListenerConfiguration<String, Integer> listener =
        Listeners.synchronous((type, event) -> {});
    return List.of(
        b -> b.maxEntries(10),
        b -> b.maxEntries(0),
        b -> b.maxEntries(10).policy(EvictionPolicy.LFU),
        b -> b.maxEntries(10).batch(3),
        b -> b.maxEntries(10).seed(7),
        b -> b.keymap(Keymaps.hash()),
        b -> b.rounding(Rounding.deep(2)),
        b -> b.archive(URI.create("dict:a")),
        b -> b.archive(URI.create("dict:a")).archiveNamespace("n"),
        b -> b.archive(URI.create("dict:a")).codec("java"),
        b -> b.archive(URI.create("dict:a")).durability(Durability.MEMORY),
        b -> b.archive(URI.create("dict:a")).allow("com.example.*"),
        b -> b.archive(URI.create("dict:a")).dropOnDestroy(true),
        b -> b.archive(URI.create("dict:a")).archiveMode(ArchiveMode.ON_EVICT),
        b -> b.archiveMode(ArchiveMode.WRITE_THROUGH),
        b -> b.failure(Failure.BYPASS),
        b -> b.clock(clock),
        b -> b.storeByValue(false),
        b -> b.loading(String::length),
        b -> b.writer(() -> null),
        b -> b.expiry(expiry),
        b -> b.listener(listener),
        b -> b.statistics(true),
        b -> b.management(true));
  }

  @Test
  void everySetting_survivesTheCopyAndMakesADifference() {
    KleptoConfiguration<String, Integer> plain = numbers().build();
    for (var setting : settings()) {
      KleptoConfiguration<String, Integer> set = setting.apply(numbers()).build();
      KleptoConfiguration<String, Integer> copy = KleptoConfiguration.builder(set).build();
      assertEquals(set, copy);
      assertEquals(set.hashCode(), copy.hashCode());
      assertEquals(set.toString(), copy.toString());
      assertNotEquals(plain, set, set::toString);
    }
  }

  @Test
  void everySettingAtOnce_survivesTheCopy() {
    KleptoConfigurationBuilder<String, Integer> builder = numbers();
    for (var setting : settings()) {
      builder = setting.apply(builder);
    }
    KleptoConfiguration<String, Integer> all = builder.build();
    assertEquals(all, KleptoConfiguration.builder(all).build());
    assertEquals(String.class, KleptoConfiguration.builder(all).build().getKeyType());
    assertEquals(Integer.class, KleptoConfiguration.builder(all).build().getValueType());
  }

  @Test
  void build_copies() {
    KleptoConfigurationBuilder<String, Integer> builder =
        numbers().archive(URI.create("dict:a")).allow("com.example.One");
    KleptoConfiguration<String, Integer> built = builder.build();
    builder.maxEntries(5).statistics(true).allow("com.example.Two");
    builder.listener(Listeners.synchronous((type, event) -> {}));
    assertEquals(EvictionPolicy.INF, built.eviction().policy());
    assertFalse(built.isStatisticsEnabled());
    assertEquals(List.of("com.example.One"), built.archive().orElseThrow().allowed());
    assertFalse(built.getCacheEntryListenerConfigurations().iterator().hasNext());
  }

  @Test
  void copyOfAnUnboundedOne_canBeBounded_andBack() {
    KleptoConfiguration<String, Integer> unbounded = numbers().build();
    KleptoConfiguration<String, Integer> bounded =
        KleptoConfiguration.builder(unbounded).maxEntries(10).build();
    assertEquals(EvictionPolicy.LRU, bounded.eviction().policy());
    KleptoConfiguration<String, Integer> none =
        KleptoConfiguration.builder(bounded).maxEntries(0).build();
    assertEquals(EvictionPolicy.NO, none.eviction().policy());
    assertEquals(
        EvictionPolicy.LRU,
        KleptoConfiguration.builder(none).maxEntries(10).build().eviction().policy());
    assertEquals(
        unbounded,
        KleptoConfiguration.builder(bounded).maxEntries(EvictionSettings.UNBOUNDED).build());
  }

  @Test
  void listenersOfAConfiguration_cannotBeTakenOut() {
    KleptoConfiguration<String, Integer> built =
        numbers().listener(Listeners.synchronous((type, event) -> {})).build();
    Iterator<CacheEntryListenerConfiguration<String, Integer>> listeners =
        built.getCacheEntryListenerConfigurations().iterator();
    listeners.next();
    assertThrows(UnsupportedOperationException.class, listeners::remove);
    assertTrue(built.getCacheEntryListenerConfigurations().iterator().hasNext());
  }

  @Test
  void bounds_sayWhichPolicyFollows() {
    assertEquals(
        new EvictionSettings(EvictionPolicy.INF, Long.MAX_VALUE, 1, 0),
        numbers().build().eviction());
    assertEquals(
        new EvictionSettings(EvictionPolicy.NO, 0, 1, 0),
        numbers().maxEntries(0).build().eviction());
    assertEquals(
        new EvictionSettings(EvictionPolicy.LRU, 5, 1, 0),
        numbers().maxEntries(5).build().eviction());
  }

  @Test
  void outOfRange_isRefusedByNameWithExpectedAndFound() {
    assertEquals(
        "maxEntries: expected at least 0 entries, found -1",
        refusalOf(() -> numbers().maxEntries(-1)));
    assertEquals("batch: expected at least 1 entry, found 0", refusalOf(() -> numbers().batch(0)));
    assertEquals(
        "archiveNamespace: expected a name, found the empty string",
        refusalOf(() -> numbers().archiveNamespace("")));
  }

  @Test
  void contradictions_areRefusedWhenBuilt() {
    assertEquals(
        "maxEntries: expected 0 entries with policy NO, found 5",
        refusalOf(() -> numbers().policy(EvictionPolicy.NO).maxEntries(5).build()));
    assertEquals(
        "maxEntries: expected no bound with policy INF, found 5",
        refusalOf(() -> numbers().maxEntries(5).policy(EvictionPolicy.INF).build()));
    assertEquals(
        "maxEntries: expected a bound of at least 1 entry with policy RR, found 0",
        refusalOf(() -> new EvictionSettings(EvictionPolicy.RR, 0, 1, 0)));
    assertEquals(
        "maxEntries: expected a bound of at least 1 entry with policy RR, found none",
        refusalOf(() -> new EvictionSettings(EvictionPolicy.RR, Long.MAX_VALUE, 1, 0)));
  }

  @Test
  void nulls_areRefused() {
    assertThrows(NullPointerException.class, () -> numbers().policy(null));
    assertThrows(NullPointerException.class, () -> numbers().archive((URI) null));
    assertThrows(NullPointerException.class, () -> numbers().failure(null));
    assertThrows(NullPointerException.class, () -> numbers().loading(null));
    assertThrows(
        NullPointerException.class, () -> KleptoConfiguration.builder(null, Integer.class));
  }

  @Test
  void archiveMode_isWriteThroughWithAnArchiveAndNoneWithout() {
    assertEquals(Optional.empty(), numbers().build().archiveMode());
    assertEquals(
        Optional.of(ArchiveMode.WRITE_THROUGH),
        numbers().archive(URI.create("dict:a")).build().archiveMode());
  }

  @Test
  void toString_keepsTheArchivesPasswordToItself() {
    String text = numbers().archive(URI.create("jdbc:h2:x;PASSWORD=secret")).build().toString();
    assertFalse(text.contains("secret"), text);
  }

  @Test
  void serialised_comesBackEqual() throws Exception {
    KleptoConfiguration<String, Integer> configuration =
        numbers()
            .maxEntries(5)
            .policy(EvictionPolicy.LFU)
            .archive(URI.create("dict:a"))
            .failure(Failure.BYPASS)
            .expiry(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY))
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(configuration, in.readObject());
    }
  }

  @Test
  void standardConfiguration_isTakenAsItIs() {
    MutableConfiguration<String, Integer> standard = new MutableConfiguration<>();
    standard.setTypes(String.class, Integer.class).setStoreByValue(false);
    standard.setStatisticsEnabled(true).setReadThrough(true).setWriteThrough(true);
    KleptoConfiguration<String, Integer> taken = KleptoConfiguration.builder(standard).build();
    assertEquals(standard, new MutableConfiguration<>(taken));
    assertEquals(EvictionPolicy.INF, taken.eviction().policy());
  }

  /** The least that the standard lets an application pass. */
  private record Bare() implements Configuration<String, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Class<String> getKeyType() {
      return String.class;
    }

    @Override
    public Class<Integer> getValueType() {
      return Integer.class;
    }

    @Override
    public boolean isStoreByValue() {
      return false;
    }
  }

  @Test
  void cacheOfABareConfiguration_givesItBackInEachForm() {
    try (TestCaches caches = new TestCaches()) {
      KleptoCache<String, Integer> cache = caches.create("c", new Bare());
      Configuration<String, Integer> least = configuration(cache, Configuration.class);
      assertFalse(least.isStoreByValue());
      CompleteConfiguration<String, Integer> complete =
          configuration(cache, CompleteConfiguration.class);
      assertEquals(String.class, complete.getKeyType());
      assertEquals(EvictionPolicy.INF, ours(cache).eviction().policy());
      MutableConfiguration<String, Integer> copy = configuration(cache, MutableConfiguration.class);
      copy.setStatisticsEnabled(true);
      assertFalse(ours(cache).isStatisticsEnabled());
      assertThrows(
          IllegalArgumentException.class, () -> configuration(cache, UnknownConfiguration.class));
    }
  }

  private interface UnknownConfiguration extends Configuration<String, Integer> {}

  private static KleptoConfiguration<String, Integer> ours(KleptoCache<String, Integer> cache) {
    return configuration(cache, KleptoConfiguration.class);
  }

  @SuppressWarnings("unchecked") // a class literal has no type arguments
  private static <C extends Configuration<String, Integer>> C configuration(
      KleptoCache<String, Integer> cache, Class<? super C> type) {
    return cache.getConfiguration((Class<C>) type);
  }

  @Test
  void configurationOfACache_isItsOwn_andFollowsItsSwitches() {
    MutableConfiguration<String, Integer> passed = new MutableConfiguration<>();
    passed.setTypes(String.class, Integer.class);
    try (TestCaches caches = new TestCaches()) {
      KleptoCache<String, Integer> cache = caches.create("c", passed);
      passed.setStatisticsEnabled(true);
      KleptoConfiguration<String, Integer> before = ours(cache);
      assertFalse(before.isStatisticsEnabled());
      CacheEntryListenerConfiguration<String, Integer> listener =
          Listeners.synchronous((type, event) -> {});
      cache.registerCacheEntryListener(listener);
      caches.manager().enableStatistics("c", true);
      KleptoConfiguration<String, Integer> after = ours(cache);
      assertTrue(after.isStatisticsEnabled());
      List<CacheEntryListenerConfiguration<String, Integer>> listeners = new ArrayList<>();
      after.getCacheEntryListenerConfigurations().forEach(listeners::add);
      assertEquals(List.of(listener), listeners);
      cache.deregisterCacheEntryListener(listener);
      assertEquals(KleptoConfiguration.builder(before).statistics(true).build(), ours(cache));
    }
  }
}
