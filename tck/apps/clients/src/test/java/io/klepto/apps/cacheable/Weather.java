package io.klepto.apps.cacheable;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

/** A service whose answers Spring caches, and which counts what it is really asked. */
@CacheConfig(cacheNames = Weather.CACHE)
class Weather {
  static final String CACHE = "weather";
  static final String NOWHERE = "Nowhere";

  private final ConcurrentMap<String, Integer> calls = new ConcurrentHashMap<>();

  /** For Spring. */
  Weather() {}

  /** How often the service was asked for a place. */
  int calls(String place) {
    return calls.getOrDefault(place, 0);
  }

  @Cacheable
  public String here() {
    return answer("here");
  }

  /** Of no place that is {@link #NOWHERE} there is weather: null. */
  @Cacheable
  public String at(String place) {
    String answer = answer(place);
    return place.equals(NOWHERE) ? null : answer;
  }

  @Cacheable
  public String at(String place, int hour) {
    return answer(place) + " at " + hour;
  }

  @Cacheable(sync = true)
  public String once(String place) {
    String answer = answer(place);
    return place.equals(NOWHERE) ? null : answer;
  }

  @Cacheable(sync = true)
  public String failing(String place) throws IOException {
    throw new IOException(answer(place));
  }

  @CachePut
  public String observe(String place) {
    return answer(place);
  }

  @CacheEvict
  public void forget(String place) {
    calls.remove(place);
  }

  @CacheEvict(allEntries = true, beforeInvocation = true)
  public void forgetAll() {
    calls.clear();
  }

  private String answer(String place) {
    return "weather " + calls.merge(place, 1, Integer::sum) + " " + place;
  }
}
