package io.klepto.archive.jdbc.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.store.Store;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;

/**
 * The program of a client that is killed: opens a store, prints {@code open}, and runs a {@link
 * Workload} until it is ended, printing each step when it is acknowledged. Arguments: the URL, and
 * the name of the writer.
 */
final class WritingProcess {
  private WritingProcess() {}

  /** Runs the program. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    Workload workload = new Workload(arguments[1]);
    try (Store store = Stores.open(URI.create(arguments[0]), Stores.NAMESPACE, Map.of())) {
      out.println("open");
      for (int step = 1; true; step++) {
        workload.run(store, step);
        out.println(step);
      }
    }
  }
}
