package io.klepto.golden;

import io.klepto.jcache.config.KleptoConfigurationBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/** A way to configure a cache that must not change what it does here. */
enum Shape {
  BY_VALUE,
  BY_REFERENCE,
  EXPIRING;

  <K, V> void configure(KleptoConfigurationBuilder<K, V> builder) {
    builder.storeByValue(this != BY_REFERENCE);
    if (this == EXPIRING) {
      builder.expiry(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY));
    }
  }
}
