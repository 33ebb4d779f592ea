package io.klepto.apps.deployment;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** What the dependency on {@code klepto-jcache} brings, and nothing else. */
final class PlainProvider {
  private static final Pattern OF_THE_TESTS =
      Pattern.compile("test-classes|junit-.*|opentest4j-.*|apiguardian-.*|surefire.*");

  private PlainProvider() {}

  /** The jars; a folder of classes for a module that this build has not packaged. */
  static List<Path> classPath() {
    List<Path> entries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists) // this module has no classes but those of tests
            .filter(path -> !OF_THE_TESTS.matcher(path.getFileName().toString()).matches())
            .toList();
    if (entries.stream().noneMatch(path -> path.toString().contains("cache-api"))) {
      throw new AssertionError("expected cache-api among " + entries);
    }
    return entries;
  }

  /** Packs all into one jar as the usual plug-ins do: services joined, modules dissolved. */
  static Path fatJar(Path jar, Path application, String mainClass) throws IOException {
    Map<String, byte[]> content = new LinkedHashMap<>();
    Stream.concat(Stream.of(application), classPath().stream())
        .forEach(entry -> read(entry, content));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Map.Entry<String, byte[]> entry : content.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }

  private static void read(Path entry, Map<String, byte[]> content) {
    try {
      if (Files.isDirectory(entry)) {
        try (Stream<Path> files = Files.walk(entry)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            String name = entry.relativize(file).toString().replace(File.separatorChar, '/');
            add(name, Files.readAllBytes(file), content);
          }
        }
      } else {
        try (ZipFile zip = new ZipFile(entry.toFile())) {
          for (var part : zip.stream().filter(part -> !part.isDirectory()).toList()) {
            try (InputStream in = zip.getInputStream(part)) {
              add(part.getName(), in.readAllBytes(), content);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry, e);
    }
  }

  private static void add(String name, byte[] bytes, Map<String, byte[]> content) {
    if (name.startsWith("META-INF/services/")) {
      content.merge(name, bytes, PlainProvider::joined);
    } else if (!name.endsWith("module-info.class") && !name.equals("META-INF/MANIFEST.MF")) {
      content.putIfAbsent(name, bytes);
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + 1 + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    both[first.length] = '\n';
    System.arraycopy(second, 0, both, first.length + 1, second.length);
    return both;
  }
}
