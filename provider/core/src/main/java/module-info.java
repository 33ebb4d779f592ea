import io.klepto.jcache.KleptoCachingProvider;
import javax.cache.spi.CachingProvider;

/** The JCache (JSR-107) provider whose caches persist. */
module io.klepto.jcache {
  requires transitive cache.api;
  requires transitive io.klepto.archive;
  requires java.management;
  requires jdk.unsupported;

  exports io.klepto.jcache;
  exports io.klepto.jcache.config;

  provides CachingProvider with
      KleptoCachingProvider;
}
