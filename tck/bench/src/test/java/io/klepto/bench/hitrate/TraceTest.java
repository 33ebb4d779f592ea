package io.klepto.bench.hitrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.EvictionPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TraceTest {
  @TempDir Path folder;

  @Test
  void read_lines_numbersEqualKeysEqually() throws IOException {
    Trace trace = Trace.read("t", bytes("a\nb\n\na\nü\nb"));

    assertArrayEquals(new int[] {0, 1, 2, 0, 3, 1}, trace.keys());
    assertEquals(4, trace.distinct());
  }

  @Test
  void read_nothing_isRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Trace.read("t", bytes("")));

    assertEquals("trace t: expected a key on each line, found no line", e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(TraceKind.class)
  void generate_equalSeeds_givesEqualTraces(TraceKind kind) {
    int[] first = kind.generate(10_000, 500, 1).keys();

    assertArrayEquals(first, kind.generate(10_000, 500, 1).keys());
    assertFalse(Arrays.equals(first, kind.generate(10_000, 500, 2).keys()));
  }

  @Test
  void model_ofTwoEntries_keepsWhatItsDefinitionSays() {
    assertEquals("..h..h", asked(EvictionPolicy.LRU, "abacbc"));
    assertEquals("..h..h", asked(EvictionPolicy.LFU, "abbcab"));
    assertEquals("..hh.h", asked(EvictionPolicy.LFU, "abbacb"), "equal counts: the first to come");
    assertEquals("...h.", asked(EvictionPolicy.MRU, "abcab"));
    assertEquals("..", asked(EvictionPolicy.NO, "aa"));
    assertEquals("...hhh", asked(EvictionPolicy.INF, "abcabc"));
    int goes = new SplittableRandom(1).nextInt(3);
    String stay = new StringBuilder("abc").deleteCharAt(goes).toString();
    assertEquals("...hh", asked(EvictionPolicy.RR, "abc" + stay));
  }

  @Test
  void print_fileAndStandardInput_givesOneLineForEachSizeAndPolicy() throws IOException {
    Path file = Files.writeString(folder.resolve("keys.txt"), "a\nb\na\nc\na\nb\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    HitRateReport.print(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        bytes("x\nx\n"),
        List.of(file.toString(), "-", "--sizes=1,2", "--policies=lru,INF"));

    String text = out.toString(StandardCharsets.UTF_8);
    assertEquals(2 + 8 + 2, text.lines().count(), text);
    assertTrue(
        text.lines()
            .anyMatch(
                line ->
                    line.replaceAll(" +", " ")
                        .startsWith("| keys.txt | 6 | 3 | 2 | LRU | 2 | 33.333 | 33.333 |")),
        text);
    assertTrue(text.contains("standard input"), text);
  }

  @Test
  void print_unknownOptionOrPolicy_saysWhatWasExpected() {
    assertTrue(refused("--size=1").contains("expected --quick or one of [seed"));
    assertTrue(refused("--sizes=many").contains("--sizes: expected a number, found many"));
    assertTrue(refused("--policies=fifo").contains("LFU"));
    assertTrue(refused("--threads=0").contains("expected a number of at least 1, found 0"));
  }

  private static String refused(String option) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> HitRateReport.print(System.out, bytes(""), List.of("zipf", option)))
        .getMessage();
  }

  private static String asked(EvictionPolicy policy, String keys) {
    ReferenceModel model = ReferenceModel.of(policy, 2, 1);
    StringBuilder answers = new StringBuilder();
    keys.chars().forEach(key -> answers.append(model.ask(key) ? 'h' : '.'));
    return answers.toString();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
