package io.klepto.tck.annotation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import javax.cache.annotation.BeanProvider;

/**
 * Loads the TCK's annotation tests anew, from the same class files, and gives them a bean provider
 * to find. All other classes are those of the test.
 */
final class ReloadingLoader extends ClassLoader {
  /** Where the tests are. */
  static final String PACKAGE = "org.jsr107.tck.annotation.";

  private static final String SERVICE = "META-INF/services/" + BeanProvider.class.getName();

  private final Class<? extends BeanProvider> providerOrNull;

  /**
   * Creates the loader.
   *
   * @param providerOrNull the provider to be found, null for none
   */
  ReloadingLoader(Class<? extends BeanProvider> providerOrNull) {
    super(ReloadingLoader.class.getClassLoader());
    this.providerOrNull = providerOrNull;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? reload(name) : known;
    }
  }

  private Class<?> reload(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (!name.equals(SERVICE)) {
      return super.getResources(name);
    }
    return providerOrNull == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(List.of(lineOf(providerOrNull.getName())));
  }

  private static URL lineOf(String text) throws MalformedURLException {
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    return new URL(
        "service",
        null,
        0,
        "/" + text,
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() {
                return new ByteArrayInputStream(line);
              }
            };
          }
        });
  }
}
