package io.klepto.apps.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.archive.testkit.ChildJvm;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose first run was killed, and whose second finds the regions in the archive. */
final class RestartTest {
  @TempDir Path folder;

  @AfterEach
  void stop() {
    Caching.getCachingProvider().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {FirstRun.BY_CODE, FirstRun.BY_FILE})
  void regions_afterTheirProcessWasKilled_answerWithoutAStatement(String how) {
    run(FirstRun.READS, how);
    try (Catalogue catalogue = FirstRun.open(folder, how)) {
      assertEquals(
          0,
          catalogue.statements(
              List.of("Animal Farm", "Nineteen Eighty-Four"), c -> c.titlesBy(Catalogue.ORWELL)));
      assertEquals(
          0, catalogue.statements(LocalDate.of(1903, 6, 25), c -> c.birthOf("George Orwell")));
      assertEquals(0, catalogue.statements(List.of("Animal Farm"), c -> c.cheaperThan("10")));
      catalogue.reprice(Catalogue.FARM, "9.99");
      assertEquals(0, catalogue.statements(new BigDecimal("9.99"), c -> c.priceOf(Catalogue.FARM)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {FirstRun.BY_CODE, FirstRun.BY_FILE})
  void queryResult_staleWhenItsProcessWasKilled_isNotServed(String how) {
    run(FirstRun.REPRICES, how);
    try (Catalogue catalogue = FirstRun.open(folder, how)) {
      assertEquals(List.of(), catalogue.cheaperThan("10"));
      assertEquals(new BigDecimal("11.00"), catalogue.priceOf(Catalogue.FARM));
    }
  }

  private void run(String what, String how) {
    try (ChildJvm first = ChildJvm.start(FirstRun.class, folder.toString(), what, how)) {
      first.awaitLines(1);
      assertEquals(List.of(FirstRun.DONE), first.kill());
    }
  }
}
