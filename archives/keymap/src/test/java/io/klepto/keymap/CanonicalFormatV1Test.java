package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is persisted stays: the golden file, and other JVMs. */
class CanonicalFormatV1Test {
  @Test
  void bytes_ofEveryKindOfKey_areThoseOfTheGoldenFile() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("canonical-v1.txt")) {
      assertNotNull(golden, "canonical-v1.txt");
      String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(text.lines().toList(), SampleKeys.lines());
    }
  }

  @Test
  void goldenFile_hasEveryTagButNullAndRegistered() throws ReflectiveOperationException {
    TreeSet<Byte> missing = new TreeSet<>();
    for (Field field : CanonicalFormatV1.class.getDeclaredFields()) {
      if (field.getType() == byte.class && !field.isSynthetic()) {
        missing.add(field.getByte(null));
      }
    }
    missing.remove(CanonicalFormatV1.NULL);
    missing.remove(CanonicalFormatV1.REGISTERED);
    CanonicalEncoder encoder = CanonicalEncoder.standard();
    SampleKeys.all().values().forEach(key -> missing.remove(encoder.encode(key).bytes()[1]));
    // VERSION is the same number as BOOLEAN.
    assertTrue(missing.isEmpty(), () -> "tags without a sample: " + missing);
  }

  @Test
  void bytes_inAnotherJvm_areTheSame() throws Exception {
    assertEquals(
        SampleKeys.lines(),
        linesOfAnotherJvm(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Dfile.encoding=ISO-8859-1",
            "-Duser.timezone=Asia/Kolkata",
            "-Djava.locale.useOldISOCodes=true",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2"));
  }

  @Test
  void bytes_inAnotherJvmWithoutCompilation_areTheSame() throws Exception {
    assertEquals(
        SampleKeys.lines(),
        linesOfAnotherJvm("-Xint", "-XX:-CompactStrings", "-Duser.language=ar"));
  }

  private static List<String> linesOfAnotherJvm(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", home(CanonicalEncoder.class) + File.pathSeparator + home(SampleKeys.class)));
    command.add(SampleKeys.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the other JVM ends");
      assertEquals(0, process.exitValue(), "exit value of the other JVM");
      return text.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
