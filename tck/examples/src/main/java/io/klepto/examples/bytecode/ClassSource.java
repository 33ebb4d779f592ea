package io.klepto.examples.bytecode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The class files of the running JDK, which it serves as the file system {@code jrt:/}.
 *
 * <p>Some 26,000 classes in JDK 17. Descriptors of modules are left out. Thread-safe.
 */
public final class ClassSource {
  private static final String SUFFIX = ".class";
  private static final Pattern MODULE_NAME = Pattern.compile("\\w+(\\.\\w+)*");

  private final Path modules;

  private ClassSource(Path modules) {
    this.modules = modules;
  }

  /** Returns the class files of the JDK that runs this program. */
  public static ClassSource ofRunningJdk() {
    return new ClassSource(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules"));
  }

  /**
   * Returns every class once, sorted by module and name.
   *
   * <p>Some JDKs list a file twice if it was opened before its folder was listed; JDK 17 does.
   */
  public List<ClassName> list() throws IOException {
    return list(modules);
  }

  /** Returns every class of one module once, sorted by name; none if there is no such module. */
  public List<ClassName> list(String module) throws IOException {
    boolean isModule = MODULE_NAME.matcher(module).matches();
    return isModule && Files.isDirectory(modules.resolve(module))
        ? list(modules.resolve(module))
        : List.of();
  }

  private List<ClassName> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(ClassSource::isClass).map(this::name).distinct().sorted().toList();
    }
  }

  /**
   * Returns the bytes of the class file of a class.
   *
   * @throws UncheckedIOException if there is no such class, or if it can't be read
   */
  public byte[] bytes(ClassName className) {
    Path file =
        modules.resolve(className.module()).resolve(className.name().replace('.', '/') + SUFFIX);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class file of " + className, e);
    }
  }

  private static boolean isClass(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    return name.endsWith(SUFFIX) && !name.equals("module-info" + SUFFIX);
  }

  private ClassName name(Path file) {
    Path module = modules.relativize(file).getName(0);
    String name = modules.resolve(module).relativize(file).toString().replace('/', '.');
    return new ClassName(module.toString(), name.substring(0, name.length() - SUFFIX.length()));
  }
}
