package io.klepto.archive;

import io.klepto.archive.store.LocationName;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the back-end for a location among the {@link StoreProvider}s that the {@link ServiceLoader}
 * sees, first through the loader of this class, then through the one of the configuration.
 *
 * <p>Nothing is remembered, so that no class loader is held. A provider that can't be loaded is
 * passed over, and named only if no other knows the scheme. Any number of threads may call at once.
 */
final class StoreProviders {
  private StoreProviders() {}

  /**
   * Returns the first provider that knows the scheme of a location, compared without case.
   *
   * @throws ArchiveException if the location has no scheme, or one that nobody knows
   */
  static StoreProvider find(URI location, ClassLoader classLoader) {
    String scheme = location.getScheme();
    Set<String> known = new TreeSet<>();
    List<ServiceConfigurationError> broken = new ArrayList<>();
    for (ServiceLoader<StoreProvider> services : services(classLoader)) {
      Iterator<StoreProvider> providers = services.iterator();
      StoreProvider provider = next(providers, broken);
      while (provider != null) {
        if (scheme != null && provider.schemes().contains(scheme.toLowerCase(Locale.ROOT))) {
          return provider;
        }
        known.addAll(provider.schemes());
        provider = next(providers, broken);
      }
    }
    String failure =
        scheme == null
            ? "expected a URI with a scheme, found none"
            : "expected a scheme that a back-end knows, found " + scheme;
    ArchiveException exception =
        new ArchiveException(
            "cannot open archive "
                + LocationName.of(location)
                + ": "
                + failure
                + "; known are "
                + known
                + "; "
                + (scheme == null
                    ? "write for instance dir:/some/folder"
                    : "add the jar of the back-end to the class path or module path"));
    broken.forEach(exception::addSuppressed);
    throw exception;
  }

  private static List<ServiceLoader<StoreProvider>> services(ClassLoader classLoader) {
    ClassLoader own = StoreProviders.class.getClassLoader();
    List<ServiceLoader<StoreProvider>> services = new ArrayList<>();
    services.add(ServiceLoader.load(StoreProvider.class, own));
    if (classLoader != own) {
      services.add(ServiceLoader.load(StoreProvider.class, classLoader));
    }
    return services;
  }

  /** Returns the next provider that can be loaded, or null after the last. */
  private static StoreProvider next(
      Iterator<StoreProvider> providers, List<ServiceConfigurationError> broken) {
    while (true) {
      try {
        return providers.hasNext() ? providers.next() : null;
      } catch (ServiceConfigurationError e) {
        broken.add(e);
      }
    }
  }
}
