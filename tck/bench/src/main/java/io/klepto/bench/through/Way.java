package io.klepto.bench.through;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import io.klepto.bench.archive.UriOf;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.cache.Cache;

/** A way to the same file: each has more on top of the store than the one before. */
enum Way {
  /** The store, given keys and records that are encoded already. */
  STORE("bare store") {
    @Override
    Opened open(Path folder, Entries entries) {
      Store store = store(folder);
      return new Opened() {
        @Override
        public void put(int i) {
          store.put(entries.keyBytes()[i], entries.contents()[i]);
        }

        @Override
        public Object get(int i) {
          return store.get(entries.keyBytes()[i]);
        }

        @Override
        public void close() {
          store.close();
        }
      };
    }
  },

  /** The typed archive, which encodes keys and values. */
  ARCHIVE("typed archive") {
    @Override
    Opened open(Path folder, Entries entries) {
      Archive<String, byte[]> archive = Archives.open(location(folder), configuration());
      return new Opened() {
        @Override
        public void put(int i) {
          archive.put(entries.keys()[i], entries.values()[i]);
        }

        @Override
        public Object get(int i) {
          return archive.get(entries.keys()[i]);
        }

        @Override
        public void close() {
          archive.close();
        }
      };
    }
  },

  /** An unbounded cache that writes through; its memory is empty when it is read. */
  CACHE("cache, memory emptied before gets") {
    @Override
    Opened open(Path folder, Entries entries) {
      return cache(entries, caching(folder));
    }
  },

  /** A cache that writes through and evicts at nearly each call. */
  BOUNDED("cache, memory of " + Way.FEW + " entries") {
    @Override
    Opened open(Path folder, Entries entries) {
      return cache(entries, caching(folder).policy(EvictionPolicy.LRU).maxEntries(FEW));
    }
  };

  /** How many entries a bounded cache takes. */
  static final int FEW = 1_000;

  private static final String NAMESPACE = "bench";

  private final String title;

  Way(String title) {
    this.title = title;
  }

  /** Returns how tables name it. */
  String title() {
    return title;
  }

  /** A container that is open. */
  interface Opened extends AutoCloseable {
    /** Writes an entry; acknowledged when it returns. */
    void put(int i);

    /** Reads an entry; null if it is not there. */
    Object get(int i);

    @Override
    void close();
  }

  /** Opens the container of a folder, with nothing in memory. */
  abstract Opened open(Path folder, Entries entries);

  /** Opens the container of a folder as a bare store. */
  static Store store(Path folder) {
    StoreProvider provider =
        ServiceLoader.load(StoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.schemes().contains("file"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no store of scheme file: is there"));
    return provider.open(location(folder), new StoreOptions(NAMESPACE, Optional.empty(), Map.of()));
  }

  /** Returns the configuration of all archives. */
  static ArchiveConfiguration<String, byte[]> configuration() {
    return ArchiveConfiguration.builder(String.class, byte[].class)
        .namespace(NAMESPACE)
        .codec("raw")
        .build();
  }

  private static URI location(Path folder) {
    return UriOf.path("file", folder.resolve("results.klepto"));
  }

  private static KleptoConfigurationBuilder<String, byte[]> caching(Path folder) {
    return KleptoConfiguration.builder(String.class, byte[].class)
        .archive(location(folder))
        .archiveNamespace(NAMESPACE)
        .archiveMode(ArchiveMode.WRITE_THROUGH)
        .codec("raw");
  }

  private static Opened cache(
      Entries entries, KleptoConfigurationBuilder<String, byte[]> configuration) {
    KleptoCachingProvider provider = new KleptoCachingProvider();
    Cache<String, byte[]> cache =
        provider.getCacheManager().createCache(NAMESPACE, configuration.build());
    return new Opened() {
      @Override
      public void put(int i) {
        cache.put(entries.keys()[i], entries.values()[i]);
      }

      @Override
      public Object get(int i) {
        return cache.get(entries.keys()[i]);
      }

      @Override
      public void close() {
        provider.close();
      }
    };
  }
}
