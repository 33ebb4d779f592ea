package io.klepto.jcache.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.ChildClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs {@link SharingProgram}; killed when it is closed. */
final class SharingProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private SharingProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
  }

  static SharingProcess start(Path folder, URI location, int number, Object... task)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(
        List.of("-cp", ChildClassPath.of(SharingProgram.class), SharingProgram.class.getName()));
    command.addAll(List.of(folder.toString(), location.toString(), "" + number));
    for (Object word : task) {
      command.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    return new SharingProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  String line() throws IOException {
    return output.readLine();
  }

  long number() throws IOException {
    return Long.parseLong(line());
  }

  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    assertEquals(0, kill.waitFor());
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
  }

  void ended() throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
