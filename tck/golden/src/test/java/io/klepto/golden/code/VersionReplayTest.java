package io.klepto.golden.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import io.klepto.keymap.code.CodeVersion;
import io.klepto.keymap.code.CodeVersions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays the changes of {@code autocache.json}: our version must change exactly if results may.
 *
 * <p>autocache has two kinds of keys. That of the bytecode misses constants, names, callees,
 * globals and closures, and gives old results; that of the source misses callees, globals and
 * closures, and forgets results for a comment. Both are counted.
 *
 * <p>Left out, with the reason: "function renamed (same body)", since the name of a method is part
 * of what it is here; "parameter added, unused", which makes another method; "closure value
 * changed", which is a lambda's captured value and tested with the versions themselves. A statement
 * that changes nothing ("statement added", "if/else to ternary", "branches swapped", "loop to
 * comprehension") makes other instructions, and a new version: computed once more, never wrong.
 */
final class VersionReplayTest {
  private static final List<String> LEFT_OUT =
      List.of("function renamed (same body)", "parameter added, unused", "closure value changed");

  @TempDir Path folder;

  @Test
  void everyRecordedChange_changesTheVersionExactlyIfResultsMayChange() throws Exception {
    Map<String, Change> changes = Change.all();
    List<String> stale = new ArrayList<>();
    List<String> forgotten = new ArrayList<>();
    TreeSet<String> replayed = new TreeSet<>();
    for (JsonNode recorded : GoldenFiles.json("autocache.json").get("versioning")) {
      String name = recorded.get("change").textValue();
      if (LEFT_OUT.contains(name)) {
        continue;
      }
      Change change = changes.get(name);
      boolean changed =
          !version(name + " before", change.before())
              .equals(version(name + " after", change.after()));
      assertEquals(change.changesResults(), changed, name);
      if (change.changesResults() && !recorded.get("bytecode_key_changes").booleanValue()) {
        stale.add(name);
      }
      if (!change.changesResults() && recorded.get("source_key_changes").booleanValue()) {
        forgotten.add(name);
      }
      replayed.add(name);
    }
    assertEquals(new TreeSet<>(changes.keySet()), replayed);
    System.out.printf(
        "autocache.json: %d changes compared, 0 mismatches, %d with old results by autocache's"
            + " bytecode key %s, %d forgotten by its source key for nothing %s; left out: %s%n",
        replayed.size(), stale.size(), stale, forgotten.size(), forgotten, LEFT_OUT);
    assertEquals(10, stale.size(), () -> "old results by autocache's bytecode key: " + stale);
  }

  private CodeVersion version(String name, String members) throws IOException {
    Path source = folder.resolve(name.replaceAll("[^a-z]", "")).resolve("pack/F.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "package pack; public class F { " + members + " }");
    Path root = source.getParent().getParent();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-nowarn", "-d", root.toString(), source.toString());
    assertEquals(0, code, () -> "compiles: " + members);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()})) {
      for (Method method : loader.loadClass("pack.F").getDeclaredMethods()) {
        boolean isShortest = method.getParameterCount() == 1 || !members.contains("return f(");
        if (method.getName().equals("f") && isShortest) {
          return CodeVersions.standard().of(method);
        }
      }
      throw new IllegalStateException("no method f in " + members);
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }
}
