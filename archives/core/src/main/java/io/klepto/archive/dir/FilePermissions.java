package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.SettingsReader;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read and write what an archive makes, in place of what the system gives to new files.
 *
 * <p>The setting {@code permissions} is nine characters as {@code ls} shows them: {@code
 * rw-r-----}. A folder is entered by whoever may read its files. A file or folder never has more
 * than that, from the moment it is made; the process's umask, which may have taken something away,
 * is made good at once. What was there before keeps what it had.
 *
 * <p>Immutable.
 *
 * @param file what a file gets
 * @param folder what a folder gets
 */
record FilePermissions(Set<PosixFilePermission> file, Set<PosixFilePermission> folder) {
  private static final String SETTING = "permissions";
  private static final String EXPECTED =
      "nine characters such as rw-r-----, with rw for the owner and x for nobody";

  private static final Map<PosixFilePermission, PosixFilePermission> ENTER_WHERE_READ =
      Map.of(
          PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);

  /**
   * Takes the setting, if it is there.
   *
   * @throws ArchiveException if it is malformed, would lock the owner out, or if the file system
   *     has no such permissions
   */
  static Optional<FilePermissions> of(SettingsReader settings, FileSystem fileSystem) {
    Optional<String> text = settings.text(SETTING);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!fileSystem.supportedFileAttributeViews().contains("posix")) {
      throw settings.refused(
          SETTING,
          "no such setting on a file system without POSIX permissions",
          "\"" + text.get() + "\"");
    }
    Set<PosixFilePermission> file = parsed(text.get(), settings);
    Set<PosixFilePermission> folder = EnumSet.copyOf(file);
    boolean owned =
        file.contains(PosixFilePermission.OWNER_READ)
            && file.contains(PosixFilePermission.OWNER_WRITE);
    ENTER_WHERE_READ.forEach(
        (read, enter) -> {
          if (file.contains(enter)) {
            throw settings.refused(SETTING, EXPECTED, "\"" + text.get() + "\"");
          }
          if (file.contains(read)) {
            folder.add(enter);
          }
        });
    if (!owned) {
      throw settings.refused(SETTING, EXPECTED, "\"" + text.get() + "\"");
    }
    return Optional.of(new FilePermissions(file, folder));
  }

  private static Set<PosixFilePermission> parsed(String text, SettingsReader settings) {
    try {
      return PosixFilePermissions.fromString(text);
    } catch (IllegalArgumentException e) {
      ArchiveException refused = settings.refused(SETTING, EXPECTED, "\"" + text + "\"");
      refused.initCause(e);
      throw refused;
    }
  }

  /** Makes an empty file, which must not be there. */
  void makeFile(Path newFile) throws IOException {
    Files.createFile(newFile, asAttribute(file));
    Files.setPosixFilePermissions(newFile, file);
  }

  /** Makes a folder, which must not be there. */
  void makeFolder(Path newFolder) throws IOException {
    Files.createDirectory(newFolder, asAttribute(folder));
    // Only if needed: setting them anew would take a set-group-ID bit that the parent handed down.
    if (!Files.getPosixFilePermissions(newFolder).equals(folder)) {
      Files.setPosixFilePermissions(newFolder, folder);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> asAttribute(
      Set<PosixFilePermission> permissions) {
    return PosixFilePermissions.asFileAttribute(permissions);
  }
}
