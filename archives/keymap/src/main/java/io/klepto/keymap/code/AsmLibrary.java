package io.klepto.keymap.code;

/** ASM, which reads class files: there only if the application brings it. */
final class AsmLibrary {
  private static final String PROBE = "org.objectweb.asm.tree.ClassNode"; // needs both of its jars
  static final String COORDINATES = "org.ow2.asm:asm-tree:9.9";

  private AsmLibrary() {}

  /**
   * Checks that the library is there, before a class is loaded that can't be linked without it, and
   * lets our module read it where it stands on the class path.
   *
   * @param asked what needs it
   * @throws IllegalStateException if it is not there; the message names what to add
   */
  static void require(Object asked) {
    try {
      Class<?> found = Class.forName(PROBE, false, AsmLibrary.class.getClassLoader());
      AsmLibrary.class.getModule().addReads(found.getModule());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalStateException(
          asked
              + ": expected ASM, which reads class files, found none; add "
              + COORDINATES
              + " to the dependencies of the application, on the module path also with"
              + " --add-modules org.objectweb.asm.tree",
          e);
    }
  }
}
