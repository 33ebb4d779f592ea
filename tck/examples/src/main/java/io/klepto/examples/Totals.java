package io.klepto.examples;

import io.klepto.examples.bytecode.ClassReport;
import io.klepto.examples.bytecode.MethodReport;

/** Sums of metrics over any number of classes. Not thread-safe. */
final class Totals {
  private long classes;
  private long methods;
  private long instructions;
  private long complexity;
  private long loops;
  private long deadStores;

  /** Returns a table for totals, whose first column has the given heading. */
  static Table table(String heading) {
    return new Table(
        heading, "classes", "methods", "instructions", "complexity", "loops", "dead stores");
  }

  void add(ClassReport report) {
    classes++;
    methods += report.methods().size();
    instructions += report.total(MethodReport::instructions);
    complexity += report.total(MethodReport::complexity);
    loops += report.total(MethodReport::loops);
    deadStores += report.total(MethodReport::deadStores);
  }

  void add(Totals other) {
    classes += other.classes;
    methods += other.methods;
    instructions += other.instructions;
    complexity += other.complexity;
    loops += other.loops;
    deadStores += other.deadStores;
  }

  long instructions() {
    return instructions;
  }

  /** Adds them as a row of a {@link #table}. */
  void addTo(Table table, String name) {
    table.row(name, classes, methods, instructions, complexity, loops, deadStores);
  }
}
