package io.klepto.memoize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.ChildClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dictionaries of processes that are killed, and of several at once. */
@Timeout(120)
final class DictProcessesTest {
  @TempDir Path folder;

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(
        List.of(
            "-cp",
            ChildClassPath.of(DictProgram.class),
            DictProgram.class.getName(),
            folder.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private Map<Integer, String> stored() {
    try (CacheDict<Integer, String> dict = DictProgram.dict(folder).access(Access.of("r")).open()) {
      return new HashMap<>(dict);
    }
  }

  private static Map<Integer, String> values(int count) {
    Map<Integer, String> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(i, "value " + i);
    }
    return values;
  }

  @Test
  void killedBetweenOpenAndClose_leavesTheOldStateWhole() throws Exception {
    try (CacheDict<Integer, String> dict = DictProgram.dict(folder).open()) {
      dict.putAll(values(200));
    }
    Process process = start("change");
    try (BufferedReader output = process.inputReader(UTF_8)) {
      assertEquals("changed", output.readLine());
      process.toHandle().destroyForcibly();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
    assertEquals(values(200), stored());
  }

  @Test
  void twoProcessesAtOnce_loseNothingAcknowledged() throws Exception {
    Process first = start("fill", "0", "40");
    Process second = start("fill", "40", "80");
    for (Process process : List.of(first, second)) {
      try (BufferedReader output = process.inputReader(UTF_8)) {
        assertEquals(40, output.lines().count());
      }
      assertEquals(0, process.waitFor());
    }
    assertEquals(values(80), stored());
  }

  @Test
  void killedComputation_goesOnWhereItWas() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("DictProcessesTest seed " + seed);
    int killedAfter = 5 + new Random(seed).nextInt(20);
    TreeSet<Integer> had = new TreeSet<>();
    Process killed = start("compute", "0", "1000000");
    try (BufferedReader output = killed.inputReader(UTF_8)) {
      while (had.size() < killedAfter) {
        note(output.readLine(), had);
      }
      killed.toHandle().destroyForcibly();
      output.lines().forEach(line -> note(line, had));
    }
    int next = had.last() + 1;
    List<String> lines;
    Process resumed = start("compute", "0", String.valueOf(next + 5));
    try (BufferedReader output = resumed.inputReader(UTF_8)) {
      lines = output.lines().toList();
    }
    assertEquals(0, resumed.waitFor());
    for (int key : had) {
      assertTrue(!lines.contains("computing " + key), () -> key + " was acknowledged: " + lines);
    }
    assertTrue(lines.contains("done"), lines.toString());
    assertEquals("value 0", stored().get(0));
  }

  private static void note(String line, Set<Integer> had) {
    Matcher result = Pattern.compile("has ([0-9]+) value \\1").matcher(line);
    if (result.matches()) {
      had.add(Integer.valueOf(result.group(1)));
    }
  }
}
