package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Write-through caches over folders of files. */
final class DirWriteThroughTest extends WriteThroughContract {
  @TempDir Path folder;

  @Override
  URI location() {
    return URI.create("dir:" + folder.resolve("container").toUri().getRawPath());
  }

  @Test
  void awkwardNames_asCacheNames_stayInsideTheContainer() throws IOException {
    try (Run run = new Run()) {
      for (String name : List.of("../escaped", "..", "/escaped", "a/../../escaped")) {
        run.cache(name, configuration()).put("a", 1);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("container")), files.toList());
    }
  }

  @Test
  void archive_asPath_isTheSameAsItsUri() {
    Path awkward = folder.resolve("with space, ü and %41");
    try (Run run = new Run()) {
      run.cache(KleptoConfiguration.builder(String.class, Integer.class).archive(awkward))
          .put("a", 1);
    }
    assertTrue(Files.isDirectory(awkward));
    try (Run run = new Run()) {
      assertEquals(
          1,
          run.cache(KleptoConfiguration.builder(String.class, Integer.class).archive(awkward))
              .get("a"));
    }
  }
}
