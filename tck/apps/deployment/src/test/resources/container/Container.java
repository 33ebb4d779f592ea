import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs applications in one JVM, each with a class loader of its own, as containers do. */
public final class Container {
  private Container() {}

  /** Runs with the class path of every application, and the folder of each one's archive. */
  public static void main(String[] arguments) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : arguments[0].split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    for (int application = 1; application < arguments.length; application++) {
      try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]))) {
        Thread.currentThread().setContextClassLoader(loader);
        loader
            .loadClass("com.example.shop.Shop")
            .getMethod("main", String[].class)
            .invoke(null, (Object) new String[] {arguments[application]});
      }
    }
  }
}
