package io.klepto.bench.jcache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Serializable classes that were not there when any provider was built: written at random from a
 * seed, compiled, and loaded. Each has four fields besides a reference to itself, if asked for: two
 * are inherited, all are private, one of each two is final; their types are drawn.
 */
final class Generated {
  private static final String[] TYPES = {"int", "long", "double", "String", "boolean"};

  private final Class<?> type;
  private final IntFunction<Object> maker;

  private Generated(Class<?> type) {
    this.type = type;
    this.maker =
        number -> {
          try {
            return type.getConstructor(int.class).newInstance(number);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be made: " + e, e);
          }
        };
  }

  /**
   * Writes, compiles and loads a class.
   *
   * @param seed of the choice of names and types
   * @param cyclic whether its objects refer to themselves
   */
  static Generated of(long seed, boolean cyclic) {
    Random random = new Random(seed);
    String name = "Generated" + random.nextInt(1_000_000);
    try {
      Path folder = Files.createTempDirectory("klepto-bench");
      try {
        compile(folder, name, source(name, cyclic, random));
        URL[] path = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, Generated.class.getClassLoader())) {
          return new Generated(Class.forName(name, true, loader));
        }
      } finally {
        delete(folder);
      }
    } catch (MalformedURLException | ClassNotFoundException e) {
      throw new IllegalStateException(name + " can't be loaded: " + e, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Class<?> type() {
    return type;
  }

  /** Makes the object of a number. */
  Object make(int number) {
    return maker.apply(number);
  }

  private static String source(String name, boolean cyclic, Random random) {
    return half("Base" + name, "implements java.io.Serializable", "", false, random)
        + "public "
        + half(name, "extends Base" + name, "super(n); ", cyclic, random);
  }

  /** Returns a class with two fields: one final, one not. */
  private static String half(
      String name, String parent, String first, boolean cyclic, Random random) {
    String[] types = {any(random), any(random)};
    return """
    class %1$s %2$s {
      private static final long serialVersionUID = 1;
      private final %3$s f%7$d;
      private %4$s g%7$d;
      %5$s
      public %1$s(int n) { %6$sf%7$d = %8$s; g%7$d = %9$s; %10$s}
    }
    """
        .formatted(
            name,
            parent,
            types[0],
            types[1],
            cyclic ? "private Object self;" : "",
            first,
            random.nextInt(1_000),
            value(types[0]),
            value(types[1]),
            cyclic ? "self = this; " : "");
  }

  private static String any(Random random) {
    return TYPES[random.nextInt(TYPES.length)];
  }

  private static String value(String type) {
    return switch (type) {
      case "String" -> "\"text \" + n";
      case "boolean" -> "n % 2 == 0";
      default -> "n";
    };
  }

  private static void compile(Path folder, String name, String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("no compiler in this Java: run the benchmarks with a JDK");
    }
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", folder.toString(), "-proc:none");
      if (!compiler.getTask(null, files, null, options, null, List.of(file)).call()) {
        throw new IllegalStateException("not compiled:\n" + source);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
