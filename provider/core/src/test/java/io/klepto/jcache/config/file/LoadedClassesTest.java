package io.klepto.jcache.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.ChildClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who has no configuration file pays nothing for the library that reads them. */
@Timeout(120)
final class LoadedClassesTest {
  private static final String HOCON = "com.typesafe.config.";

  @TempDir Path folder;

  @Test
  void managerOfTheDefaultUri_loadsNothingOfTheHoconLibrary() throws Exception {
    List<String> loaded = loadedBy();
    assertTrue(loaded.contains("io.klepto.jcache.KleptoCache"), loaded::toString);
    assertEquals(List.of(), loaded.stream().filter(name -> name.startsWith(HOCON)).toList());
    assertFalse(loaded.contains(ManagerReader.class.getName()));
  }

  @Test
  void managerOfAFile_loadsTheHoconLibrary() throws Exception {
    Path file = Files.writeString(folder.resolve("klepto.conf"), "klepto {}");
    List<String> loaded = loadedBy(file.toUri().toString());
    assertTrue(loaded.contains("com.typesafe.config.ConfigFactory"), loaded::toString);
  }

  /** Runs a process and returns the names of all classes that it loaded. */
  private List<String> loadedBy(String... uri) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Xlog:class+load=info:stdout:none");
    command.addAll(List.of("-cp", ChildClassPath.of(ManagerProgram.class)));
    command.add(ManagerProgram.class.getName());
    command.add(folder.resolve("archive").toString());
    command.addAll(List.of(uri));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
    assertTrue(lines.contains(ManagerProgram.DONE), () -> String.join("\n", lines));
    return lines.stream().map(line -> line.split(" ", 2)[0]).toList();
  }
}
