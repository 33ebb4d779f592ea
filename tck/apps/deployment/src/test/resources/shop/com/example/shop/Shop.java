package com.example.shop;

import io.klepto.jcache.config.KleptoConfiguration;
import java.nio.file.Path;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** An application whose orders persist: it prints the one that its last run left. */
public final class Shop {
  private Shop() {}

  /** A value of a class that only the application knows. */
  public record Order(String customer, List<String> items) {}

  /** Runs with the folder of the archive. */
  public static void main(String[] arguments) {
    try (CachingProvider provider = Caching.getCachingProvider(Shop.class.getClassLoader());
        CacheManager manager =
            provider.getCacheManager(provider.getDefaultURI(), Shop.class.getClassLoader())) {
      Cache<String, Order> orders =
          manager.createCache(
              "orders",
              KleptoConfiguration.builder(String.class, Order.class)
                  .archive(Path.of(arguments[0]))
                  .maxEntries(100)
                  .build());
      System.out.println(orders.get("last"));
      orders.put("last", new Order("ada", List.of("engine", "cards")));
    }
  }
}
