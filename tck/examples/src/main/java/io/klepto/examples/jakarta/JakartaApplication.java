package io.klepto.examples.jakarta;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/**
 * A Jakarta application in Weld SE: beans with JCache annotations, and a cache that is kept in a
 * folder. The second run prints the same numbers at once, without {@code computing}.
 *
 * <p>What makes the annotations work is the jar {@code klepto-cdi} on the class path.
 */
public final class JakartaApplication {
  private JakartaApplication() {}

  /** Prints how many primes there are below some numbers. Arguments: none. */
  public static void main(String[] arguments) {
    try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
      PrimeCounts counts = container.select(PrimeCounts.class).get();
      for (int limit : new int[] {1_000, 1_000_000}) {
        System.out.println(counts.below(limit) + " primes below " + limit);
      }
    }
  }
}
