package io.klepto.archive.jdbc.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine that knows nothing of us. */
record ForeignTool(Path program) {
  /** Returns the tool; skips the test if it is not on the search path. */
  static ForeignTool find(String name) {
    Optional<Path> found = onPath(name, List.of());
    Assumptions.assumeTrue(found.isPresent(), name + " is not installed");
    return new ForeignTool(found.orElseThrow());
  }

  /** Returns the first file of a name that can be run, on the search path or in more folders. */
  static Optional<Path> onPath(String name, List<String> moreFolders) {
    String searched = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(searched.split(File.pathSeparator)), moreFolders.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs the tool and returns what it prints, its errors included. */
  String run(Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    }
  }
}
