package io.klepto.archive.codec;

import static java.util.Objects.requireNonNull;

/**
 * What a codec is told: the classes it may name, and the loader that finds them.
 *
 * @param allowList the classes that bytes may name
 * @param classLoader the loader of decoded objects' classes
 */
public record CodecOptions(ClassAllowList allowList, ClassLoader classLoader) {
  /** Creates the options; both are required. */
  public CodecOptions {
    requireNonNull(allowList, "allowList");
    requireNonNull(classLoader, "classLoader");
  }
}
