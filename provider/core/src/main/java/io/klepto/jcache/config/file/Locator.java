package io.klepto.jcache.config.file;

import io.klepto.archive.store.LocationName;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.cache.CacheException;

/**
 * Finds the file that the URI of a manager names: {@code file:}, {@code classpath:}, {@code jar:}
 * and other URLs of this machine, or a relative path, which is looked for in the working directory
 * and then on the class path. Used by one thread.
 */
final class Locator {
  private static final Set<String> REMOTE = Set.of("http", "https", "ftp");
  private static final String REMEDY =
      "; write a path, file:/some/klepto.conf, classpath:klepto.conf or jar:…!/klepto.conf";

  private final URI uri;
  private final List<ClassLoader> loaders;

  Locator(URI uri, ClassLoader classLoader) {
    this.uri = uri;
    this.loaders = loaders(classLoader);
  }

  private static List<ClassLoader> loaders(ClassLoader classLoader) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null || context == classLoader
        ? List.of(classLoader)
        : List.of(classLoader, context);
  }

  /**
   * Returns the file's text.
   *
   * @throws CacheException if there is none, or it can't be read; names all places looked at
   */
  SourceText find() {
    List<String> lookedAt = new ArrayList<>();
    for (Place place : places()) {
      Optional<SourceText> found = read(place);
      if (found.isPresent()) {
        return found.get();
      }
      lookedAt.add(place.name());
    }
    throw refused(
        "expected a file, found none at " + String.join(" and none at ", lookedAt), REMEDY, null);
  }

  /** Returns the text at a place; empty if there is nothing. */
  static Optional<SourceText> read(Place place) {
    try {
      Optional<byte[]> content = place.read();
      return content.isEmpty()
          ? Optional.empty()
          : Optional.of(new SourceText(place, decoded(content.get())));
    } catch (CharacterCodingException e) {
      throw new CacheException(
          "cannot read configuration " + place.name() + ": expected UTF-8, found other bytes", e);
    } catch (AccessDeniedException e) {
      throw new CacheException(
          "cannot read configuration "
              + place.name()
              + ": expected a file that this process may read, found access denied",
          e);
    } catch (IOException e) {
      throw new CacheException(
          "cannot read configuration " + place.name() + ": " + e.getMessage(), e);
    }
  }

  private static String decoded(byte[] content) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private List<Place> places() {
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw refused("expected no query and no fragment, found one", REMEDY, null);
    }
    String path = uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
    if (uri.getScheme() == null) {
      return List.of(onDisk(path), onClassPath(path));
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (REMOTE.contains(scheme)) {
      throw refused("expected a file of this machine, found scheme " + scheme, REMEDY, null);
    }
    return switch (scheme) {
      case "file" -> List.of(onDisk(path));
      case "classpath" -> List.of(onClassPath(withAuthority(path)));
      default -> List.of(new Place.AtUrl(uri.toString(), loaders));
    };
  }

  /** {@code classpath://klepto.conf} means what {@code classpath:/klepto.conf} does. */
  private String withAuthority(String path) {
    return uri.getRawAuthority() == null ? path : uri.getRawAuthority() + path;
  }

  private Place onDisk(String path) {
    if (path.isEmpty() || uri.getRawAuthority() != null) {
      throw refused("expected the path of a file, found none or a host", REMEDY, null);
    }
    try {
      return new Place.OnDisk(Path.of(withoutSlashBeforeDrive(path)).toAbsolutePath());
    } catch (InvalidPathException e) {
      throw refused("expected a path of this system, found " + e.getMessage(), REMEDY, e);
    }
  }

  private static String withoutSlashBeforeDrive(String path) {
    return path.matches("/[A-Za-z]:/.*") ? path.substring(1) : path;
  }

  private Place onClassPath(String path) {
    return new Place.OnClassPath(path.replaceFirst("^/+", ""), loaders);
  }

  private CacheException refused(String problem, String remedy, Throwable cause) {
    return new CacheException(
        "cannot read configuration " + LocationName.of(uri) + ": " + problem + remedy, cause);
  }
}
