package io.klepto.jcache;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The class path of this JVM, for another one that a test starts. */
public final class ChildClassPath {
  private ChildClassPath() {}

  /**
   * Returns it as the option {@code -cp} takes it.
   *
   * @param program what is to run there
   */
  public static String of(Class<?> program) {
    return String.join(File.pathSeparator, entriesOf(program));
  }

  /**
   * Returns its entries, with those that a test launcher's own class loader adds.
   *
   * @param program what is to run there
   */
  public static List<String> entriesOf(Class<?> program) {
    List<String> entries = new ArrayList<>();
    ClassLoader loader = program.getClassLoader();
    while (loader != null) {
      if (loader instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          entries.add(Path.of(URI.create(url.toString())).toString());
        }
      }
      loader = loader.getParent();
    }
    String own = System.getProperty("java.class.path");
    entries.addAll(List.of(own.split(Pattern.quote(File.pathSeparator))));
    return entries;
  }
}
