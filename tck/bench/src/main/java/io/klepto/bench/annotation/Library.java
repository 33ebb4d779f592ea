package io.klepto.bench.annotation;

import javax.cache.annotation.CacheResult;

/** What is cached: methods of one and of three arguments. */
public interface Library {
  /** Returns a value. */
  @CacheResult(cacheName = "one")
  Double ofOne(String text);

  /** Returns a value. */
  @CacheResult(cacheName = "three")
  Double ofThree(String text, Integer number, Double real);

  /** Does the work. */
  record Shelf() implements Library {
    @Override
    public Double ofOne(String text) {
      return (double) text.length();
    }

    @Override
    public Double ofThree(String text, Integer number, Double real) {
      return (double) text.length();
    }
  }
}
