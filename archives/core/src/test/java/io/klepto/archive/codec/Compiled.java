package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One version of an application's classes, compiled from source in package {@code app}. */
final class Compiled {
  private final ClassLoader loader;

  private Compiled(ClassLoader loader) {
    this.loader = loader;
  }

  /** Compiles top-level types, each from its text without the package. */
  static Compiled of(Path folder, String... types) {
    try {
      URL[] path = {to(folder, types).toUri().toURL()};
      return new Compiled(new URLClassLoader(path, Compiled.class.getClassLoader()));
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  /** Compiles the same into a new folder, and returns it. */
  static Path to(Path folder, String... types) {
    List<JavaFileObject> sources = new ArrayList<>();
    for (String type : types) {
      sources.add(new Source(type));
    }
    try {
      Path classes = Files.createTempDirectory(folder, "classes");
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        List<String> options = List.of("-d", classes.toString(), "-proc:none");
        assertTrue(compiler.getTask(null, files, null, options, null, sources).call());
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a codec that sees this version, and is allowed all of it. */
  Codec codec(String name) {
    return Codecs.named(
        name, new CodecOptions(ClassAllowList.of(List.of(), List.of("app.*")), loader));
  }

  ClassLoader loader() {
    return loader;
  }

  /** Returns what the static method {@code make} of a class makes. */
  Object make(String type) throws ReflectiveOperationException {
    return Class.forName("app." + type, true, loader).getMethod("make").invoke(null);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String type) {
      super(URI.create("string:///app/" + simpleName(type) + ".java"), Kind.SOURCE);
      this.text = "package app;\n" + type;
    }

    private static String simpleName(String type) {
      return type.replaceFirst("(?s).*?\\b(?:class|record|enum|interface)\\s+(\\w+).*", "$1");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
