package io.klepto.jcache.archived;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.WriteBehind;
import java.nio.file.Path;
import java.time.Duration;

/** A program that ends without closing its cache: folder, mode, and how it ends. */
final class ExitProgram {
  private ExitProgram() {}

  static KleptoCache<String, Integer> open(Run run, Path folder, ArchiveMode mode) {
    return run.cache(
        KleptoConfiguration.builder(String.class, Integer.class)
            .archive(folder)
            .writeBehind(WriteBehind.builder().linger(Duration.ofHours(1)).build())
            .archiveMode(mode));
  }

  @SuppressWarnings("SystemOut") // the test reads it
  public static void main(String[] arguments) throws Exception {
    KleptoCache<String, Integer> cache =
        open(new Run(), Path.of(arguments[0]), ArchiveMode.valueOf(arguments[1]));
    for (int i = 0; i < 50; i++) {
      cache.put("key " + i, i);
    }
    switch (arguments[2]) {
      case "exit" -> System.exit(0);
      case "exit-inside" ->
          cache.invoke(
              "key 0",
              (entry, none) -> {
                System.exit(0);
                return null;
              });
      default -> {
        System.out.println("ready");
        Thread.currentThread().join();
      }
    }
  }
}
