package io.klepto.bench.archive;

import io.klepto.bench.Machine;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several processes on one container at once: each puts, or gets, single entries as fast as it can
 * for the same seconds. The rates are sums over the processes.
 */
public final class ProcessReport {
  private static final int[] PROCESSES = {1, 2, 4};
  private static final List<String> WORKLOADS = List.of("put", "get");

  private ProcessReport() {}

  /**
   * Prints the table.
   *
   * @param quick shorter
   * @param engines names of {@link EngineKind}, none for those that allow many processes
   */
  public static void print(PrintStream out, boolean quick, List<String> engines)
      throws IOException, InterruptedException {
    List<EngineKind> kinds =
        engines.isEmpty()
            ? Arrays.stream(EngineKind.values()).filter(EngineKind::allowsManyProcesses).toList()
            : engines.stream().map(EngineKind::valueOf).toList();
    List<String> titles = new ArrayList<>(List.of("entries/s, all processes together"));
    for (String workload : WORKLOADS) {
      for (int processes : PROCESSES) {
        titles.add(workload + ", " + processes);
      }
    }
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (EngineKind kind : kinds) {
      List<String> row = new ArrayList<>(List.of(kind.title()));
      for (String workload : WORKLOADS) {
        for (int processes : PROCESSES) {
          row.add(Rates.perSecond(measure(kind, workload, processes, quick ? 2 : 5)));
        }
      }
      table.add(row);
    }
    out.print(table);
    out.println();
    out.println(Machine.line());
  }

  private static double measure(EngineKind kind, String workload, int processes, int seconds)
      throws IOException, InterruptedException {
    Path folder = Folders.make();
    try (Engine engine = kind.open(folder)) {
      for (int from = 0; from < ProcessWorker.ENTRIES; from += 1_000) {
        engine.putAll(Samples.range(from, from + 1_000));
      }
    }
    List<Process> workers = new ArrayList<>();
    try {
      for (int i = 0; i < processes; i++) {
        workers.add(start(kind, folder, workload, seconds, i));
      }
      List<BufferedReader> outputs = new ArrayList<>();
      for (Process worker : workers) {
        BufferedReader output =
            new BufferedReader(
                new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8));
        outputs.add(output);
        expect("ready", output.readLine());
      }
      for (Process worker : workers) {
        worker.getOutputStream().write('\n');
        worker.getOutputStream().flush();
      }
      double rate = 0;
      for (BufferedReader output : outputs) {
        String line = output.readLine();
        expect("rate ", line);
        rate += Double.parseDouble(line.substring("rate ".length()));
      }
      for (Process worker : workers) {
        worker.waitFor();
      }
      return rate;
    } finally {
      workers.forEach(Process::destroyForcibly);
      for (Process worker : workers) {
        worker.waitFor();
      }
      Folders.remove(folder);
    }
  }

  private static void expect(String start, String line) {
    if (line == null || !line.startsWith(start)) {
      throw new IllegalStateException(
          "worker: expected a line \"" + start + "\", found \"" + line + "\"");
    }
  }

  private static Process start(
      EngineKind kind, Path folder, String workload, int seconds, int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            ProcessWorker.class.getName(),
            kind.name(),
            folder.toString(),
            workload,
            Integer.toString(seconds),
            Integer.toString(number))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
