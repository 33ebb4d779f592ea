package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;

/**
 * A library that a codec needs and that is there only if the application brings it.
 *
 * @param probe a class of the library
 * @param coordinates its Maven coordinates
 * @param module its module, for applications on the module path
 */
record OptionalJar(String probe, String coordinates, String module) {
  static final OptionalJar JACKSON =
      new OptionalJar(
          "com.fasterxml.jackson.core.JsonFactory",
          "com.fasterxml.jackson.core:jackson-core",
          "com.fasterxml.jackson.core");

  static final OptionalJar FORY =
      new OptionalJar("org.apache.fory.Fory", "org.apache.fory:fory-core", "org.apache.fory.core");

  /**
   * Checks that the library is there, before a class is loaded that can't be linked without it, and
   * lets our module read its module, which it does not require.
   *
   * @throws ArchiveException if it is not; the message names what to add
   */
  void require(String codec) {
    try {
      Class<?> found = Class.forName(probe, false, OptionalJar.class.getClassLoader());
      OptionalJar.class.getModule().addReads(found.getModule());
    } catch (ClassNotFoundException e) {
      throw new ArchiveException(
          "codec "
              + codec
              + " needs "
              + coordinates
              + ", which is not there: add it to the dependencies of the application, on the module"
              + " path also with --add-modules "
              + module,
          e);
    }
  }
}
