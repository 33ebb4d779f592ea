import io.klepto.jcache.KleptoCachingProvider;
import javax.cache.spi.CachingProvider;

/** The JCache (JSR-107) provider whose caches persist, and functions that are remembered. */
module io.klepto.jcache {
  requires transitive cache.api;
  requires transitive io.klepto.archive;
  requires java.management;
  requires static jdk.jfr; // events, where it is there
  requires jdk.unsupported;
  requires typesafe.config;

  exports io.klepto.annotation;
  exports io.klepto.jcache;
  exports io.klepto.jcache.config;
  exports io.klepto.jcache.copy;
  exports io.klepto.memoize;

  opens io.klepto.memoize to
      io.klepto.archive; // remembered exceptions

  provides CachingProvider with
      KleptoCachingProvider;
}
