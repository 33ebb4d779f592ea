package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tables of MIGRATION.md say of Klepto compiles as it stands. */
final class MigrationTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final int LEAST_ROWS = 70;

  /** What the tables leave out: imports, and the names that they use. */
  private static final String AROUND =
      """
      import static java.util.concurrent.TimeUnit.MINUTES;

      import io.klepto.archive.*;
      import io.klepto.jcache.*;
      import io.klepto.jcache.config.*;
      import io.klepto.keymap.*;
      import io.klepto.keymap.code.*;
      import io.klepto.memoize.*;
      import java.net.URI;
      import java.nio.file.Path;
      import java.util.*;
      import javax.cache.configuration.*;
      import javax.cache.event.*;
      import javax.cache.expiry.*;
      import javax.cache.integration.*;

      abstract class Snippet {
        static final class Rates implements CacheLoader<String, Long> {
          @Override
          public Long load(String name) {
            return 42L;
          }

          @Override
          public Map<String, Long> loadAll(Iterable<? extends String> names) {
            return Map.of();
          }
        }

        static final class Ledger implements CacheWriter<String, Long> {
          @Override
          public void write(javax.cache.Cache.Entry<? extends String, ? extends Long> entry) {}

          @Override
          public void writeAll(
              Collection<javax.cache.Cache.Entry<? extends String, ? extends Long>> entries) {}

          @Override
          public void delete(Object key) {}

          @Override
          public void deleteAll(Collection<?> keys) {}
        }

        static final class Log implements CacheEntryCreatedListener<String, Long> {
          @Override
          public void onCreated(
              Iterable<CacheEntryEvent<? extends String, ? extends Long>> events) {}
        }

      %s
      }
      """;

  @TempDir private Path output;

  @Test
  void everyLine_compiles() throws IOException {
    List<String> snippets = new ArrayList<>();
    String base = "";
    int rows = 0;
    List<String> lines = Files.readAllLines(Path.of("..", "..", "provider", "MIGRATION.md"));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("|") || line.startsWith("| ---")) {
        continue;
      }
      String[] cells = line.split("\\|", -1);
      assertEquals(4, cells.length, () -> "two columns: " + line);
      List<String> codes =
          CODE.matcher(cells[2]).results().map((MatchResult code) -> code.group(1)).toList();
      if (i + 1 < lines.size() && lines.get(i + 1).startsWith("| ---")) {
        base = codes.isEmpty() ? "" : codes.get(0);
        continue;
      }
      rows++;
      assertFalse(codes.isEmpty(), () -> "something of Klepto: " + line);
      for (String code : codes) {
        snippets.add(method(snippets.size(), base, code));
      }
    }
    assertTrue(rows >= LEAST_ROWS, "rows: " + rows);
    String text = AROUND.formatted(snippets.stream().collect(Collectors.joining("\n")));
    assertEquals(List.of(), Snippets.errorsOf(text, output), text);
  }

  /** Code with a dot in front goes on from the head of the table; other code is a statement. */
  private static String method(int number, String base, String code) {
    String before = base.endsWith(")") && base.contains(" = ") ? base + ";" : "";
    String expression = code.startsWith(".") ? "Object made = " + base + code : code;
    return """
    void snippet%d(
        KleptoCache<String, Long> cache, Memoizer memoizer, Archive<Object, Object> other)
        throws Exception {
      %s
      %s;
    }
    """
        .formatted(number, before, expression);
  }
}
