package com.example.model;

import io.klepto.memoize.Memoizer;
import io.klepto.memoize.RememberedFunction;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A computation that is remembered without versions of its code, then with them. */
public final class Model {
  private Model() {}

  /** Runs with the folder of the archive. */
  public static void main(String[] arguments) {
    AtomicInteger computed = new AtomicInteger();
    try (Memoizer memoizer = Memoizer.builder("model").archive(Path.of(arguments[0])).build()) {
      RememberedFunction<Integer, Integer> square =
          memoizer.memoize(
              "square",
              x -> {
                computed.incrementAndGet();
                return x * x;
              });
      System.out.println(square.apply(2));
      System.out.println(square.apply(2));
      System.out.println(computed.get() == 1 ? "computed once" : "computed " + computed);
    }
    try {
      Memoizer.builder("versioned").versioned();
      System.out.println("versioned without ASM");
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }
}
