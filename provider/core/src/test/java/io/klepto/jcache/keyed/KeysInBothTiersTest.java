package io.klepto.jcache.keyed;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.net.URI;

/** Transformed keys of entries that memory and an archive have. */
final class KeysInBothTiersTest extends TransformedKeysContract {
  @Override
  KleptoConfigurationBuilder<Double, String> with(
      KleptoConfigurationBuilder<Double, String> rounded) {
    return rounded.archive(URI.create("dict:/"));
  }

  @Override
  void pause(KleptoCache<Double, String> cache) {}
}
