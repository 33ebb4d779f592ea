package io.klepto.archive.testkit.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a disk would hold of a folder after a loss of power, kept beside the real one as changes and
 * forces pass by. Paths outside the folder are not followed.
 *
 * <p>Guarded by the monitor of the file system's {@link Faults}.
 */
final class DiskShadow {
  private final Path root;
  private final ShadowFolder top;

  /** Takes what is in the folder as being on the disk. */
  DiskShadow(Path root) throws IOException {
    this.root = root;
    this.top = scan(root);
  }

  private static ShadowFolder scan(Path folder) throws IOException {
    ShadowFolder scanned = new ShadowFolder();
    try (var children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        scanned.putForced(
            child.getFileName().toString(),
            Files.isDirectory(child) ? scan(child) : new ShadowFile(Files.readAllBytes(child)));
      }
    }
    return scanned;
  }

  /** Returns the node of a path, or null if there is none. */
  ShadowNode node(Path path) {
    if (!isInside(path)) {
      return null;
    }
    if (absolute(path).equals(root)) {
      return top;
    }
    ShadowNode node = top;
    for (Path name : root.relativize(absolute(path))) {
      if (!(node instanceof ShadowFolder folder)) {
        return null;
      }
      node = folder.get(name.toString());
    }
    return node;
  }

  /** Returns the node of a file, or null if it is not followed. */
  ShadowFile file(Path path) {
    return node(path) instanceof ShadowFile file ? file : null;
  }

  private boolean isInside(Path path) {
    return absolute(path).startsWith(root);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private ShadowFolder parentOf(Path path) {
    Path parent = absolute(path).getParent();
    return parent != null && node(parent) instanceof ShadowFolder folder ? folder : null;
  }

  private static String nameOf(Path path) {
    return absolute(path).getFileName().toString();
  }

  void create(long number, Path path, ShadowNode node) {
    ShadowFolder parent = parentOf(path);
    if (parent != null) {
      parent.put(number, nameOf(path), node);
    }
  }

  void delete(long number, Path path) {
    ShadowFolder parent = parentOf(path);
    if (parent != null) {
      parent.remove(number, nameOf(path));
    }
  }

  void move(long number, Path from, Path to) {
    ShadowFolder source = parentOf(from);
    ShadowFolder target = parentOf(to);
    if (source == null || target == null) {
      throw new UnsupportedOperationException(
          "moving between the folder that is followed and others: " + from + " to " + to);
    }
    source.move(number, nameOf(from), target, nameOf(to));
  }

  void force(Path path) {
    ShadowNode node = node(path);
    if (node instanceof ShadowFile file) {
      file.force();
    } else if (node instanceof ShadowFolder folder) {
      folder.force();
    }
  }

  DiskImage after(Survival survival) {
    Set<String> folders = new TreeSet<>();
    Map<String, byte[]> files = new TreeMap<>();
    collect(top, "", survival, folders, files);
    return new DiskImage(folders, files);
  }

  private static void collect(
      ShadowFolder folder,
      String prefix,
      Survival survival,
      Set<String> folders,
      Map<String, byte[]> files) {
    folder
        .after(survival)
        .forEach(
            (name, node) -> {
              if (node instanceof ShadowFile file) {
                files.put(prefix + name, file.after(survival));
              } else if (node instanceof ShadowFolder child) {
                folders.add(prefix + name);
                collect(child, prefix + name + "/", survival, folders, files);
              }
            });
  }
}
