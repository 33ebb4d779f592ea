package io.klepto.jcache.config;

import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/**
 * Lays one configuration over another: what the upper one says replaces what the lower one says.
 * JSR-107's configurations can't tell what was said from what is so by default, hence only what
 * differs from the default counts as said.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Overlay<K, V> {
  private final KleptoConfigurationBuilder<K, V> result;
  private final MutableConfiguration<K, V> unset = new MutableConfiguration<>();

  Overlay(KleptoConfiguration<K, V> lower) {
    this.result = KleptoConfiguration.builder(lower);
  }

  KleptoConfiguration<K, V> with(Configuration<K, V> upper) {
    Class<K> keyType = said(upper.getKeyType(), result.standard.getKeyType());
    Class<V> valueType = said(upper.getValueType(), result.standard.getValueType());
    result.standard.setTypes(keyType, valueType);
    if (!upper.isStoreByValue()) {
      result.storeByValue(false);
    }
    if (upper instanceof CompleteConfiguration<K, V> complete) {
      addStandard(complete);
    }
    if (upper instanceof KleptoConfiguration<K, V> klepto) {
      addOurs(klepto);
    }
    return result.build();
  }

  private static <T> Class<T> said(Class<T> upper, Class<T> lower) {
    return upper == Object.class ? lower : upper;
  }

  private void addStandard(CompleteConfiguration<K, V> upper) {
    if (upper.getCacheLoaderFactory() != null) {
      result.standard.setCacheLoaderFactory(upper.getCacheLoaderFactory());
      result.standard.setReadThrough(upper.isReadThrough());
    } else if (upper.isReadThrough()) {
      result.standard.setReadThrough(true);
    }
    if (upper.getCacheWriterFactory() != null) {
      result.standard.setCacheWriterFactory(upper.getCacheWriterFactory());
      result.standard.setWriteThrough(upper.isWriteThrough());
    } else if (upper.isWriteThrough()) {
      result.standard.setWriteThrough(true);
    }
    if (!upper.getExpiryPolicyFactory().equals(unset.getExpiryPolicyFactory())) {
      result.expiry(upper.getExpiryPolicyFactory());
    }
    for (CacheEntryListenerConfiguration<K, V> listener :
        upper.getCacheEntryListenerConfigurations()) {
      result.withoutListener(listener).listener(listener);
    }
    if (upper.isStatisticsEnabled()) {
      result.statistics(true);
    }
    if (upper.isManagementEnabled()) {
      result.management(true);
    }
  }

  private void addOurs(KleptoConfiguration<K, V> upper) {
    KleptoConfiguration<Object, Object> plain =
        KleptoConfiguration.builder(Object.class, Object.class).build();
    if (!upper.eviction().equals(plain.eviction())) {
      result.eviction(upper.eviction());
    }
    upper.archive().ifPresent(result::archive);
    if (upper.archive().isPresent() || upper.archiveMode().isPresent()) {
      result.mode(upper.archiveMode().orElse(null));
    }
    if (!upper.writeBehind().equals(plain.writeBehind())) {
      result.writeBehind = upper.writeBehind();
    }
    if (!upper.sharing().equals(plain.sharing())) {
      result.sharing(upper.sharing());
    }
    if (upper.failure() != plain.failure()) {
      result.failure(upper.failure());
    }
    upper.keyTransform().ifPresent(result::keyTransform);
    upper.copier().ifPresent(result::copier);
    upper.clock().ifPresent(result::clock);
  }
}
