package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java compiles as it stands. */
final class ReadmeTest {
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** What the README leaves out: imports, and the names that its snippets begin from. */
  private static final String AROUND =
      """
      import io.klepto.annotation.*;
      import io.klepto.archive.*;
      import io.klepto.jcache.*;
      import io.klepto.jcache.config.*;
      import io.klepto.keymap.*;
      import io.klepto.memoize.*;
      import java.net.URI;
      import java.nio.file.Path;
      import java.util.stream.LongStream;
      import javax.cache.*;
      import javax.cache.annotation.*;
      import javax.cache.configuration.*;
      import javax.cache.spi.CachingProvider;

      final class Snippet {
        static void run(Cache<String, String> cache) throws Exception {
      %s
        }

        static final class Primes {
          static boolean isPrime(long number) {
            return number > 1;
          }
        }

        static final class PriceList {
          static Double read(String article) {
            return 1.25;
          }
        }

        static final class Model {
          static double energy(double x) {
            return x;
          }
        }
      }
      """;

  @TempDir private Path output;

  @TestFactory
  Stream<DynamicTest> javaBlock_compiles() throws IOException {
    return blocks().stream()
        .map(block -> DynamicTest.dynamicTest(firstLine(block), () -> compile(block)));
  }

  @Test
  void readme_hasJavaBlocks() throws IOException {
    assertTrue(blocks().size() >= 3, "Java blocks in the README: " + blocks().size());
  }

  private static List<String> blocks() throws IOException {
    Path readme = Path.of("..", "..", "README.md");
    Matcher matcher = JAVA_BLOCK.matcher(Files.readString(readme).replace("\r\n", "\n"));
    return matcher.results().map(result -> result.group(1)).toList();
  }

  private static String firstLine(String block) {
    return block.lines().findFirst().orElseThrow();
  }

  private void compile(String block) {
    assertEquals(List.of(), Snippets.errorsOf(AROUND.formatted(block), output), block);
  }
}
