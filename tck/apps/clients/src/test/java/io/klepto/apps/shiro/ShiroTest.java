package io.klepto.apps.shiro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.KleptoConfiguration;
import java.nio.file.Path;
import java.util.Set;
import javax.cache.Caching;
import org.apache.shiro.cache.jcache.JCacheManager;
import org.apache.shiro.subject.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rights that Shiro looks up once per user. */
final class ShiroTest {
  @TempDir Path folder;

  @AfterEach
  void closeProvider() {
    Caching.getCachingProvider().close();
  }

  @Test
  void rights_checkedAgain_areNotLookedUp() {
    JCacheManager caches = new JCacheManager();
    caches.init();
    assertEquals(2, rightsAskedFor(caches));
  }

  @Test
  void archivedRights_afterARestart_areNotLookedUp() {
    assertEquals(2, rightsAskedFor(archived()));
    Caching.getCachingProvider().close();
    assertEquals(0, rightsAskedFor(archived()));
  }

  @Test
  void logout_forgetsTheRightsOfThatUserAlone() {
    JCacheManager caches = archived();
    Guarded application = new Guarded(caches);
    Subject ada = application.login("ada");
    Subject bob = application.login("bob");
    assertTrue(ada.isPermitted("engine:write"));
    assertTrue(bob.isPermitted("engine:read"));
    ada.logout();
    assertTrue(bob.isPermitted("engine:read"));
    assertEquals(2, application.asked());
    assertTrue(application.login("ada").isPermitted("engine:write"));
    assertEquals(3, application.asked());
  }

  @Test
  void keysValuesAndSize_areThoseOfTheCache() {
    org.apache.shiro.cache.Cache<String, String> cache = archived().getCache("plain");
    cache.put("a", "1");
    cache.put("b", "2");
    assertEquals(2, cache.size());
    assertEquals(Set.of("a", "b"), cache.keys());
    assertEquals("1", cache.remove("a"));
    cache.clear();
    assertEquals(0, cache.size());
  }

  private static int rightsAskedFor(JCacheManager caches) {
    Guarded application = new Guarded(caches);
    Subject ada = application.login("ada");
    Subject bob = application.login("bob");
    for (int check = 0; check < 2; check++) {
      assertTrue(ada.isPermitted("engine:write"));
      assertTrue(bob.isPermitted("engine:read"));
      assertFalse(bob.isPermitted("engine:write"));
    }
    return application.asked();
  }

  private JCacheManager archived() {
    javax.cache.CacheManager manager = Caching.getCachingProvider().getCacheManager();
    manager.createCache(
        "rights of users",
        KleptoConfiguration.builder(Object.class, Object.class)
            .archive(folder)
            .maxEntries(1)
            .allow("org.apache.shiro.*")
            .build());
    JCacheManager caches = new JCacheManager();
    caches.setCacheManager(manager);
    caches.init();
    return caches;
  }
}
