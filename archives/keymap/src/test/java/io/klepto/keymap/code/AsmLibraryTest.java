package io.klepto.keymap.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

final class AsmLibraryTest {
  /** Runs where ASM may be missing: prints what becomes of two ways to ask for versions. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) {
      System.out.println(CodeVersion.of(Map.of("Model.fit()", "00")));
      ask(CodeVersions::standard);
      ask(() -> CodeVersions.builder().packages("com.example").depth(3).build());
    }

    private static void ask(Runnable step) {
      try {
        step.run();
        System.out.println("there");
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static final String MISSING =
      ": expected ASM, which reads class files, found none; add org.ow2.asm:asm-tree:9.9 to the"
          + " dependencies of the application, on the module path also with --add-modules"
          + " org.objectweb.asm.tree";

  private static List<String> asked(Class<?>... homes) throws Exception {
    String classPath =
        Arrays.stream(homes)
            .map(AsmLibraryTest::home)
            .collect(Collectors.joining(File.pathSeparator));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-Xmx64m", "-cp", classPath, Asking.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the other JVM ends");
      assertEquals(0, process.exitValue(), text);
      List<String> lines = text.lines().toList();
      assertEquals("of 1 methods", lines.get(0).substring(lines.get(0).length() - 12), text);
      return lines.subList(1, lines.size());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutAsm_askingForVersions_namesWhatWasAskedAndWhatToAdd() throws Exception {
    assertEquals(
        List.of(
            "code versions of the function's package" + MISSING,
            "code versions of [com.example] to depth 3" + MISSING),
        asked(CodeVersions.class, Asking.class));
  }

  @Test
  void withHalfOfAsm_askingForVersions_namesWhatToAdd() throws Exception {
    assertEquals(
        "code versions of the function's package" + MISSING,
        asked(CodeVersions.class, Asking.class, ClassNode.class).get(0));
  }

  @Test
  void withAsm_askingForVersions_works() throws Exception {
    assertEquals(
        List.of("there", "there"),
        asked(CodeVersions.class, Asking.class, ClassNode.class, ClassReader.class));
  }

  @Test
  void coordinates_nameTheVersionThatIsTested() {
    String version = ClassNode.class.getPackage().getImplementationVersion();
    assertEquals("org.ow2.asm:asm-tree:" + version, AsmLibrary.COORDINATES);
  }
}
