package io.klepto.examples.jakarta;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.LongStream;
import javax.cache.annotation.CacheResult;

/** Counts primes, each count once in the life of the folder. */
@ApplicationScoped
class PrimeCounts {
  @CacheResult(cacheName = "primes")
  long below(int limit) {
    System.out.println("computing " + limit);
    return LongStream.range(2, limit).filter(PrimeCounts::isPrime).count();
  }

  private static boolean isPrime(long number) {
    return LongStream.iterate(2, d -> d * d <= number, d -> d + 1).noneMatch(d -> number % d == 0);
  }
}
