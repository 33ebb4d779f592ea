package io.klepto.jcache.coherence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.TestCaches;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.ComputeOnce;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.Sharing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be shared is refused by name when the cache is created. */
final class RequirementsTest {
  private static final Sharing STAMPS = Sharing.builder().coherence(Coherence.STAMPS).build();
  private static final Sharing HOST = Sharing.builder().computeOnce(ComputeOnce.HOST).build();

  @TempDir Path folder;

  private static KleptoConfigurationBuilder<String, Integer> numbers() {
    return KleptoConfiguration.builder(String.class, Integer.class);
  }

  private static void refused(
      KleptoConfigurationBuilder<String, Integer> configuration, String... named) {
    try (TestCaches caches = new TestCaches()) {
      IllegalArgumentException failure =
          assertThrows(IllegalArgumentException.class, () -> caches.create(configuration));
      for (String name : named) {
        assertTrue(failure.getMessage().contains(name), failure::getMessage);
      }
    }
  }

  @Test
  void withoutArchive_isRefused() {
    refused(numbers().sharing(STAMPS), "coherence = STAMPS", "no archive");
    refused(numbers().sharing(HOST), "computeOnce = HOST", "no archive");
  }

  @Test
  void otherModes_areRefused() {
    for (ArchiveMode mode : ArchiveMode.values()) {
      if (mode != ArchiveMode.WRITE_THROUGH) {
        refused(
            numbers().archive(folder).archiveMode(mode).sharing(STAMPS), "coherence", "" + mode);
        refused(
            numbers().archive(folder).archiveMode(mode).sharing(HOST), "computeOnce", "" + mode);
      }
    }
  }

  @Test
  void archiveInMemory_isRefused() {
    URI dict = URI.create("dict:/");
    refused(numbers().archive(dict).sharing(STAMPS), "coherence = STAMPS", "STAMPS");
    refused(numbers().archive(dict).sharing(HOST), "computeOnce = HOST", "KEY_LOCK");
  }

  @Test
  void waits_mustBePositive() {
    assertThrows(
        IllegalArgumentException.class, () -> Sharing.builder().computeWait(Duration.ZERO).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> Sharing.builder().changeWait(Duration.ofSeconds(-1)).build());
  }

  @Test
  void configuration_keepsWhatIsShared() {
    KleptoConfiguration<String, Integer> shared = numbers().archive(folder).sharing(HOST).build();
    assertEquals(HOST, KleptoConfiguration.builder(shared).build().sharing());
    assertEquals(Sharing.none(), numbers().build().sharing());
    assertTrue(!shared.equals(numbers().archive(folder).build()));
  }
}
