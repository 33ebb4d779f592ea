package io.klepto.examples;

import io.klepto.jcache.config.KleptoConfiguration;
import java.nio.file.Path;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/**
 * A slow function, remembered on disk: the second run prints the same number at once, without
 * {@code computing}. The argument is the folder to remember it in; unless given, {@code primes}.
 */
public final class QuickStart {
  private QuickStart() {}

  /** Prints how many primes there are below two million. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "primes");
    try (CachingProvider provider = Caching.getCachingProvider();
        CacheManager manager = provider.getCacheManager()) {
      Cache<Integer, Long> primes =
          manager.createCache(
              "primes",
              KleptoConfiguration.builder(Integer.class, Long.class)
                  .archive(folder)
                  .loading(QuickStart::countPrimes)
                  .build());
      System.out.println(primes.get(2_000_000) + " primes below two million");
    }
  }

  private static long countPrimes(int limit) {
    System.out.println("computing");
    return LongStream.range(2, limit).filter(QuickStart::isPrime).count();
  }

  private static boolean isPrime(long number) {
    return LongStream.iterate(2, d -> d * d <= number, d -> d + 1).noneMatch(d -> number % d == 0);
  }
}
