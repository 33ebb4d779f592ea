package io.klepto.apps.spring;

import io.klepto.annotation.KeymapKeyGenerator;
import io.klepto.annotation.StandardKeyGenerator;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.Rounding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A bean with annotated methods, and what they were called with. */
@CacheDefaults(cacheName = "weather", cacheKeyGenerator = StandardKeyGenerator.class)
public class Weather {
  /** Near places are one; how it is told does not count. */
  public static final class PlaceKeys extends KeymapKeyGenerator {
    /** Creates the keys, as Spring does. */
    public PlaceKeys() {
      super(builder().rounding(Rounding.simple(1)).ignore(Ignored.names("verbose")));
    }
  }

  private final List<Object> calls = new ArrayList<>();

  List<Object> calls() {
    return calls;
  }

  private <T> T called(Object call, T result) {
    calls.add(call);
    return result;
  }

  /** Has the standard key. */
  @CacheResult
  public double[] forecast(String town, int[] days) {
    return called(town, new double[] {town.length(), days.length});
  }

  /** Puts what the standard key finds. */
  @CachePut
  public void know(String town, int[] days, @CacheValue double[] temperatures) {}

  /** Removes what the standard key finds. */
  @CacheRemove
  public void forget(String town, int[] days) {}

  /** Removes all. */
  @CacheRemoveAll
  public void forgetAll() {}

  /** Has canonical keys. */
  @CacheResult(cacheName = "routes", cacheKeyGenerator = KeymapKeyGenerator.class)
  public Integer route(List<String> towns) {
    return called(towns, towns.size());
  }

  /** Has rounded keys. */
  @CacheResult(cacheName = "places", cacheKeyGenerator = PlaceKeys.class)
  public Double at(Double latitude, boolean verbose) {
    return called(latitude, latitude);
  }

  /** Has one of two arguments as its key. */
  @CacheResult(cacheName = "routes", cacheKeyGenerator = KeymapKeyGenerator.class)
  public Integer routeFor(String traveller, @CacheKey List<String> towns) {
    return called(traveller, towns.size());
  }

  /** Fails. */
  @CacheResult(cacheName = "alarms", exceptionCacheName = "failures")
  public String alarm(String town) throws IOException {
    calls.add(town);
    throw new IOException("no line to " + town);
  }

  /** Answers later. */
  @CacheResult(cacheName = "references")
  public CompletableFuture<String> later(String town) {
    return called(town, CompletableFuture.supplyAsync(() -> "sun in " + town));
  }

  /** Answers when it is subscribed to. */
  @CacheResult(cacheName = "references")
  public Mono<String> once(String town, String name) {
    return Mono.fromSupplier(() -> called(town, "sun in " + town)).cache();
  }

  /** Answers several times when it is subscribed to. */
  @CacheResult(cacheName = "references")
  public Flux<String> often(String town, int times) {
    return Flux.range(0, times).map(i -> called(town, town + i)).cache();
  }
}
