package io.klepto.apps.orbits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that runs the fat jar, in a folder and on a free port. */
final class Run implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

  private final Process process;
  private final BufferedReader output;
  private final List<String> printed = new ArrayList<>();
  private int port;

  private Run(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Starts it; {@link #awaitStart} must follow. */
  static Run start(Path folder, String... arguments) throws IOException {
    String jar = System.getProperty("fat.jar");
    assertNotNull(jar, "expected the path of the fat jar as the system property fat.jar");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", jar, "--server.port=0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("CLASSPATH");
    builder.environment().remove("ORBITS_ARCHIVE");
    return new Run(builder.start());
  }

  /** Waits until it answers, and returns itself. */
  Run awaitStart() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      printed.add(line);
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        port = Integer.parseInt(started.group(1));
        return this;
      }
    }
    throw new AssertionError("expected it to start, found its end:\n" + String.join("\n", printed));
  }

  long pid() {
    return process.pid();
  }

  /** Asks for an orbit as {@code curl} does. */
  String orbit(String axis) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + "/orbits/" + axis);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response::body);
    return response.body();
  }

  /** Kills it where it stands, as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("expected the killed process to end, found it running");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
