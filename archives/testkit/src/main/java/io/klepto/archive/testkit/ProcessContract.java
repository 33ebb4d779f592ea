package io.klepto.archive.testkit;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of stores among several processes have in common: a store with a location, one
 * namespace of it that all open, child processes that end with the test, and a random source whose
 * seed failures tell.
 */
abstract class ProcessContract {
  static final String NAMESPACE = "shared by processes";

  final long seed = System.nanoTime();
  final Random random = new Random(seed);
  private final List<ChildJvm> children = new ArrayList<>();
  private final Class<?> worker;
  private StoreFixture fixture;
  private URI location;

  /**
   * Creates the suite.
   *
   * @param worker the program of the child processes
   */
  ProcessContract(Class<?> worker) {
    this.worker = worker;
  }

  /** Returns a fresh fixture with an empty container and a location; called once for each test. */
  protected abstract StoreFixture newFixture();

  @BeforeEach
  final void makeFixture() {
    fixture = newFixture();
    location = fixture.location().orElseThrow();
  }

  @AfterEach
  final void removeFixture() {
    children.forEach(ChildJvm::kill);
    fixture.close();
  }

  final URI location() {
    return location;
  }

  /** Starts a child process, which is told the location and the namespace after its task. */
  final ChildJvm start(String task, String... more) {
    List<String> arguments = new ArrayList<>(List.of(task, location.toString(), NAMESPACE));
    arguments.addAll(List.of(more));
    ChildJvm child = ChildJvm.start(worker, arguments.toArray(String[]::new));
    children.add(child);
    return child;
  }

  final Store openHere() {
    return fixture.open(new StoreOptions(NAMESPACE, Optional.empty(), Map.of()));
  }
}
