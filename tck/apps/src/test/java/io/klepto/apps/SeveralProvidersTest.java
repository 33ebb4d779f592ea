package io.klepto.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveLoader;
import io.klepto.archive.ArchiveWriter;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.KleptoConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several providers on one class path, chosen by name. */
final class SeveralProvidersTest {
  @TempDir Path folder;

  @AfterEach
  void closeProviders() {
    Provider.CAFFEINE.close();
    Provider.KLEPTO.close();
  }

  @Test
  void caching_severalProviders_listsAllAndWantsAName() {
    Set<String> names = new HashSet<>();
    Caching.getCachingProviders().forEach(provider -> names.add(provider.getClass().getName()));
    assertEquals(
        Arrays.stream(Provider.values()).map(Provider::className).collect(Collectors.toSet()),
        names);
    assertThrows(CacheException.class, () -> Caching.getCachingProvider());
  }

  @Test
  void cachesOfOneName_ofTwoProviders_areApart() {
    MutableConfiguration<String, Integer> configuration =
        new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    Cache<String, Integer> ours = Provider.KLEPTO.manager().createCache("results", configuration);
    Cache<String, Integer> theirs =
        Provider.CAFFEINE.manager().createCache("results", configuration);
    assertInstanceOf(KleptoCache.class, ours);
    assertNotSame(ours, theirs);
    ours.put("a", 1);
    assertNull(theirs.get("a"));
    theirs.put("a", 2);
    assertEquals(1, ours.get("a"));
  }

  @Test
  void oneArchive_underBothProviders_isReadAndWrittenByBoth() {
    Cache<List<String>, Integer> ours =
        Provider.KLEPTO.manager().createCache("ours", kleptoConfiguration());
    ours.put(List.of("by", "ours"), 1);
    Cache<List<String>, Integer> theirs =
        Provider.CAFFEINE.manager().createCache("theirs", caffeineConfiguration());
    theirs.put(List.of("by", "theirs"), 2);
    assertEquals(1, theirs.get(List.of("by", "ours")));
    assertEquals(2, ours.get(List.of("by", "theirs")));
    assertEquals(
        Map.of(List.of("by", "ours"), 1, List.of("by", "theirs"), 2),
        ours.getAll(Set.of(List.of("by", "ours"), List.of("by", "theirs"))));
  }

  private KleptoConfiguration<List<String>, Integer> kleptoConfiguration() {
    return KleptoConfiguration.builder(keyType(), Integer.class)
        .archive(folder)
        .archiveNamespace("shared")
        .build();
  }

  private MutableConfiguration<List<String>, Integer> caffeineConfiguration() {
    URI location = URI.create("dir:" + folder.toUri().getRawPath());
    ArchiveConfiguration<List<String>, Integer> archived =
        ArchiveConfiguration.builder(keyType(), Integer.class).namespace("shared").build();
    return new MutableConfiguration<List<String>, Integer>()
        .setTypes(keyType(), Integer.class)
        .setReadThrough(true)
        .setWriteThrough(true)
        .setCacheLoaderFactory(ArchiveLoader.factory(location, archived))
        .setCacheWriterFactory(ArchiveWriter.factory(location, archived));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal can't carry the element type
  private static Class<List<String>> keyType() {
    return (Class) List.class;
  }
}
