package io.klepto.apps.orbits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application in the jar that Spring Boot makes: libraries are jars in the jar, the file that
 * configures the caches is an entry of it, and all classes come from Boot's own loader.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
final class FatJarTest {
  @TempDir Path folder;
  private Run run;

  @AfterEach
  void stop() {
    if (run != null) {
      run.close();
    }
  }

  private Run start(String... arguments) throws Exception {
    run = Run.start(folder, arguments);
    return run.awaitStart();
  }

  private static String fourUnitsAway(Run computedBy) {
    return "{\"axis\":4.0,\"years\":8.0,\"computedBy\":" + computedBy.pid() + "}";
  }

  @Test
  void cacheOfTheFileInTheJar_afterKill_isStillThere() throws Exception {
    Run first = start();
    assertEquals(fourUnitsAway(first), first.orbit("4"));
    assertEquals(fourUnitsAway(first), first.orbit("4"));
    first.kill();
    Run second = start("--spring.cache.cache-names=orbits");
    assertEquals(fourUnitsAway(first), second.orbit("4"));
    assertTrue(second.orbit("9").contains("\"computedBy\":" + second.pid()));
    assertTrue(Files.exists(folder.resolve("orbits.klepto")), "where the file says");
  }

  @Test
  void fileInTheJar_thatIncludesAnother_isRead() throws Exception {
    Run tuned = start("--spring.cache.jcache.config=classpath:small.conf");
    assertEquals(fourUnitsAway(tuned), tuned.orbit("4"));
    tuned.orbit("9");
    assertEquals(fourUnitsAway(tuned), tuned.orbit("4"), "evicted, and found in the archive");
    assertTrue(Files.exists(folder.resolve("orbits.klepto")), "as the included file says");
  }
}
