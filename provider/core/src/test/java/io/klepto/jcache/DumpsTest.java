package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.klepto.jcache.config.ArchiveMode;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code load} has seen in the archive may be out of date before it is in memory. */
final class DumpsTest {
  private static final Set<String> READS = Set.of("next", "entry", "entries");

  private final TestCaches caches = new TestCaches();
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();
  private KleptoCache<String, Integer> cache;

  @BeforeEach
  void archiveOneEntry() {
    cache = caches.create(TestCaches.numbers().archiveMode(ArchiveMode.WRITE_THROUGH));
    cache.archive(
        HookedArchive.with(
            new HookedArchive.Hook() {
              @Override
              public void after(String method) {
                if (READS.contains(method)) {
                  Runnable change = meanwhile.getAndSet(null);
                  if (change != null) {
                    change.run();
                  }
                }
              }
            }));
    cache.put("k", 1);
    cache.evictAll(true);
  }

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void load_bringsWhatIsThere() {
    cache.load();
    assertEquals(1, cache.lookup("k"));
  }

  @Test
  void load_ofAKeyThatIsRemovedMeanwhile_doesNotBringItBack() {
    meanwhile.set(() -> cache.remove("k"));
    cache.load();
    assertNull(cache.lookup("k"));
    assertFalse(cache.containsKey("k"));
  }

  @Test
  void load_ofAKeyThatIsPutMeanwhile_keepsTheNewValue() {
    meanwhile.set(() -> cache.put("k", 2));
    cache.load();
    assertEquals(2, cache.get("k"));
  }

  @Test
  void loadOfKeys_thatAreChangedMeanwhile_keepsTheChange() throws Exception {
    AtomicReference<Crew.Member<Void>> changing = new AtomicReference<>();
    meanwhile.set(() -> changing.set(Crew.run(() -> cache.put("k", 2))));
    cache.load(Set.of("k", "absent"));
    changing.get().result();
    assertEquals(2, cache.get("k"));
    assertNull(cache.lookup("absent"));
  }

  @Test
  void loadAfterClearMeanwhile_bringsNothingBack() {
    meanwhile.set(() -> cache.clear());
    cache.load();
    assertNull(cache.get("k"));
  }
}
