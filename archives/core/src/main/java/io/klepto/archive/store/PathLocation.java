package io.klepto.archive.store;

import io.klepto.archive.ArchiveException;
import java.io.File;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads the path out of the URI of a back-end that lies in files: {@code dir:/absolute/path},
 * {@code dir:///absolute/path}, {@code dir:relative/path} (to the working directory), and on
 * Windows {@code dir:/C:/path} and {@code dir:C:/path}; so for every scheme. Percent-encoded
 * characters are decoded.
 */
public final class PathLocation {
  private static final Pattern SLASH_DRIVE = Pattern.compile("/[A-Za-z]:(/.*)?");
  private static final String REPLACEMENT = "\uFFFD";
  private static final String ENCODED_REPLACEMENT = "%EF%BF%BD";

  private PathLocation() {}

  /**
   * Returns the absolute path of the container.
   *
   * @throws ArchiveException if the URI has a host, a query, a fragment or no path, or one that no
   *     file can have
   */
  public static Path containerOf(URI location) {
    String path = pathIn(location, File.separatorChar == '\\');
    try {
      return Path.of(path).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new ArchiveException(malformed(location, "a path of this system", e.getMessage()), e);
    }
  }

  /** Returns the path as text; on Windows a drive loses the slash before it. */
  static String pathIn(URI location, boolean windows) {
    if (location.getRawAuthority() != null) {
      throw new ArchiveException(malformed(location, "no host", "one"));
    }
    if (location.getRawFragment() != null) {
      throw new ArchiveException(malformed(location, "no fragment (write # as %23)", "one"));
    }
    if (location.getRawSchemeSpecificPart().indexOf('?') >= 0) {
      throw new ArchiveException(malformed(location, "no query (write ? as %3F)", "one"));
    }
    String path = location.isOpaque() ? location.getSchemeSpecificPart() : location.getPath();
    if (path.isEmpty()) {
      throw new ArchiveException(malformed(location, "a path", "none"));
    }
    if (path.contains(REPLACEMENT)
        && !location.getRawSchemeSpecificPart().contains(REPLACEMENT)
        && !location.getRawSchemeSpecificPart().contains(ENCODED_REPLACEMENT)) {
      throw new ArchiveException(malformed(location, "percent-encoded UTF-8", "other bytes"));
    }
    return windows && SLASH_DRIVE.matcher(path).matches() ? path.substring(1) : path;
  }

  private static String malformed(URI location, String expected, String found) {
    return "cannot open archive %s: expected %s, found %s; write %s:/absolute/path or %s:relative/path"
        .formatted(
            LocationName.of(location), expected, found, location.getScheme(), location.getScheme());
  }
}
