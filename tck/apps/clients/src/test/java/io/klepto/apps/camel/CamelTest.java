package io.klepto.apps.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.KleptoConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Caching;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jcache.JCacheConfiguration;
import org.apache.camel.component.jcache.processor.idempotent.JCacheIdempotentRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that write to a cache and hear of its changes. */
final class CamelTest {
  @TempDir Path folder;

  @AfterEach
  void closeProvider() {
    Caching.getCachingProvider().close();
  }

  @Test
  void actions_onACache_answerAsTheCacheDoes() throws Exception {
    try (Routes routes = Routes.start()) {
      routes.send("PUT", "a", "1");
      assertEquals("1", routes.send("GET", "a", null));
      assertFalse((Boolean) routes.send("PUTIFABSENT", "a", "2"));
      assertEquals("1", routes.send("GETANDREPLACE", "a", "3"));
      routes.send("PUTALL", null, Map.of("b", "4", "c", "5"));
      assertEquals(Map.of("a", "3", "c", "5"), routes.sendKeys("GETALL", Set.of("a", "c")));
      routes.send("REMOVE", "a", null);
      assertNull(routes.send("GET", "a", null));
      routes.send("CLEAR", null, null);
      assertNull(routes.send("GET", "b", null));
    }
  }

  @Test
  void changes_ofACache_reachTheConsumerInOrder() throws Exception {
    try (Routes routes = Routes.start()) {
      routes.send("PUT", "a", "1");
      routes.send("PUT", "a", "2");
      routes.send("REMOVE", "a", null);
      assertEquals(List.of("CREATED a 1", "UPDATED a 2", "REMOVED a 2"), routes.heard(3));
    }
  }

  @Test
  void context_stopped_mayBeStartedAgain() throws Exception {
    for (int start = 1; start <= 2; start++) {
      try (Routes routes = Routes.start()) {
        assertNull(routes.send("GET", "a", null));
        routes.send("PUT", "a", "1");
        assertEquals(List.of("CREATED a 1"), routes.heard(1));
      }
    }
  }

  @Test
  void idempotentRepository_afterARestart_knowsWhatItSaw() throws Exception {
    CamelContext first = new DefaultCamelContext();
    JCacheIdempotentRepository seen = repository(first);
    assertTrue(seen.add("message 1"));
    assertFalse(seen.add("message 1"));
    first.stop();
    CamelContext second = new DefaultCamelContext();
    JCacheIdempotentRepository seenBefore = repository(second);
    assertFalse(seenBefore.add("message 1"));
    assertTrue(seenBefore.add("message 2"));
    second.stop();
  }

  private JCacheIdempotentRepository repository(CamelContext context) throws Exception {
    JCacheConfiguration configuration = new JCacheConfiguration(context, "seen");
    configuration.setCreateCacheIfNotExists(true);
    configuration.setCacheConfiguration(
        KleptoConfiguration.builder(Object.class, Object.class).archive(folder).build());
    JCacheIdempotentRepository repository = new JCacheIdempotentRepository();
    repository.setConfiguration(configuration);
    context.addService(repository);
    context.start();
    return repository;
  }
}
