package io.klepto.keymap.access;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a package that its module keeps closed is opened to all of ours that will ask: for the bytes
 * of keys, for records in archives, for copies in caches. Who is told of one is told of the others,
 * rather than one after the other.
 */
public final class Opening {
  private static final List<String> READERS =
      List.of("io.klepto.keymap", "io.klepto.archive", "io.klepto.jcache");

  private Opening() {}

  /**
   * Returns what a message advises, without a full stop.
   *
   * @param closed a class of the package, in a named module
   */
  public static String advice(Class<?> closed) {
    return advice(closed, readers());
  }

  /** Returns the advice for readers that may be in no module. */
  static String advice(Class<?> closed, List<String> readers) {
    String module = closed.getModule().getName();
    String opened = closed.getPackageName();
    String option =
        "start with --add-opens %s/%s=%s".formatted(module, opened, String.join(",", readers));
    if (readers.equals(List.of("ALL-UNNAMED")) || isOfJdk(module)) {
      return option;
    }
    return "write \"opens %s to %s;\" in the module-info of %s or %s"
        .formatted(opened, String.join(", ", readers), module, option);
  }

  private static boolean isOfJdk(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }

  /** Returns those of our modules that are there. */
  private static List<String> readers() {
    Module own = Opening.class.getModule();
    Stream<String> names =
        own.isNamed()
            ? READERS.stream().filter(name -> own.getLayer().findModule(name).isPresent())
            : Stream.of("ALL-UNNAMED");
    return names.collect(Collectors.toUnmodifiableList());
  }
}
