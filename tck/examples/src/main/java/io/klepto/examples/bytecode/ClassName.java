package io.klepto.examples.bytecode;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * The name of a class in a module, written as stack traces write it: {@code
 * java.base/java.lang.String}.
 *
 * @param module the name of the module
 * @param name the binary name of the class, with dots between packages
 */
public record ClassName(String module, String name) implements Comparable<ClassName> {
  private static final Comparator<ClassName> ORDER =
      Comparator.comparing(ClassName::module).thenComparing(ClassName::name);

  /** Checks that both are there. */
  public ClassName {
    requireNonNull(module, "module");
    requireNonNull(name, "name");
  }

  @Override
  public int compareTo(ClassName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return module + "/" + name;
  }
}
