package io.klepto.archive.codec;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A class loader that notes each class that it is asked for and that an allow-list does not have;
 * it has such classes to give.
 */
final class WatchedLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassAllowList allowed;
  private final Set<String> foreign = new ConcurrentSkipListSet<>();

  WatchedLoader(URL foreignClasses, ClassAllowList allowed) {
    super(new URL[] {foreignClasses}, WatchedLoader.class.getClassLoader());
    this.allowed = allowed;
  }

  /** Returns the names that were asked for and not allowed. */
  Set<String> foreign() {
    return foreign;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!allowed.allows(name) && !isOfLibrary(name)) {
      foreign.add(name);
    }
    return super.loadClass(name, resolve);
  }

  /** Classes that a codec's own generated code refers to. */
  private static boolean isOfLibrary(String name) {
    return name.startsWith("org.apache.fory.");
  }
}
