package io.klepto.jcache.config.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Where a configuration file can be: on disk, on the class path, or behind a URL. Immutable. */
sealed interface Place {
  /** Returns the name for messages. */
  String name();

  /**
   * Returns the content; empty if there is nothing.
   *
   * @throws IOException if there is something that can't be read
   */
  Optional<byte[]> read() throws IOException;

  /** Returns the place that a relative name means in an {@code include} of the file here. */
  Place sibling(String relative);

  /** A file on disk. */
  record OnDisk(Path path) implements Place {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public Optional<byte[]> read() throws IOException {
      if (Files.isDirectory(path)) {
        throw new IOException("expected a file, found a folder");
      }
      try {
        return Optional.of(Files.readAllBytes(path));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }

    @Override
    public Place sibling(String relative) {
      return new OnDisk(path.resolveSibling(relative));
    }
  }

  /** A resource on the class path: the first that one of the loaders has. */
  record OnClassPath(String resource, List<ClassLoader> loaders) implements Place {
    @Override
    public String name() {
      return "classpath:" + resource;
    }

    @Override
    public Optional<byte[]> read() throws IOException {
      for (ClassLoader loader : loaders) {
        URL found = loader.getResource(resource);
        if (found != null) {
          return Optional.of(contentOf(found));
        }
      }
      return Optional.empty();
    }

    @Override
    public Place sibling(String relative) {
      return new OnClassPath(siblingOf(resource, relative), loaders);
    }
  }

  /**
   * What a URL names, such as an entry of a jar. Jars in jars, which the JDK can't open, are read
   * by the class loader that has them.
   */
  record AtUrl(String url, List<ClassLoader> loaders) implements Place {
    @Override
    public String name() {
      return url;
    }

    @Override
    public Optional<byte[]> read() throws IOException {
      try {
        return Optional.of(contentOf(URI.create(url).toURL()));
      } catch (MalformedURLException | FileNotFoundException | NoSuchFileException e) {
        return throughLoaders();
      }
    }

    /** Asks for the entry, and takes the one that has just this URL, or is the only one. */
    private Optional<byte[]> throughLoaders() throws IOException {
      int entry = url.lastIndexOf("!/");
      if (entry < 0) {
        return Optional.empty();
      }
      for (ClassLoader loader : loaders) {
        List<URL> found = Collections.list(loader.getResources(url.substring(entry + 2)));
        for (URL each : found) {
          if (found.size() == 1 || each.toString().equals(url)) {
            return Optional.of(contentOf(each));
          }
        }
      }
      return Optional.empty();
    }

    @Override
    public Place sibling(String relative) {
      return new AtUrl(siblingOf(url, relative), loaders);
    }
  }

  private static String siblingOf(String name, String relative) {
    return relative.startsWith("/")
        ? relative.substring(1)
        : name.substring(0, name.lastIndexOf('/') + 1) + relative;
  }

  /** Reads without the cache of connections, which would keep jars open. */
  private static byte[] contentOf(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }
}
