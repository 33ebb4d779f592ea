package io.klepto.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveLoader;
import io.klepto.archive.ArchiveWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every provider over {@code null:}, which keeps nothing. */
final class OverNothingTest {
  private static Cache<String, Integer> open(Provider provider) {
    URI nothing = URI.create("null:/");
    ArchiveConfiguration<String, Integer> archived =
        ArchiveConfiguration.builder(String.class, Integer.class).build();
    return provider
        .manager()
        .createCache(
            "results",
            new MutableConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(ArchiveLoader.factory(nothing, archived))
                .setCacheWriterFactory(ArchiveWriter.factory(nothing, archived)));
  }

  @ParameterizedTest
  @EnumSource
  void restart_filledCache_isEmpty(Provider provider) {
    try {
      Cache<String, Integer> cache = open(provider);
      cache.putAll(new HashMap<>(Map.of("a", 1, "b", 2)));
      cache.remove("b");
      assertEquals(1, cache.get("a"));
      assertNull(cache.get("b"));
      provider.close();
      cache = open(provider);
      assertEquals(Map.of(), cache.getAll(new HashSet<>(Set.of("a", "b"))));
    } finally {
      provider.close();
    }
  }
}
