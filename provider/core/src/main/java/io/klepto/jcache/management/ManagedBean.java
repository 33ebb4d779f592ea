package io.klepto.jcache.management;

import java.net.URI;
import javax.cache.CacheException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The two beans that JSR-107 prescribes for a cache, and their object names: {@code
 * javax.cache:type=CacheStatistics,CacheManager=<uri>,Cache=<name>} and the same with {@code
 * type=CacheConfiguration}; and one of our own in the domain {@code io.klepto}, since the other is
 * to have these two alone.
 *
 * <p>Clients write these names themselves, with the characters {@code , : =} and new line replaced
 * by full stops; so names are not quoted. {@code * ? "} are replaced too: with them there could be
 * no bean at all. Two caches whose names differ in such characters alone share an object name.
 */
enum ManagedBean {
  STATISTICS("javax.cache", "CacheStatistics"),
  CONFIGURATION("javax.cache", "CacheConfiguration"),
  ARCHIVE("io.klepto", "CacheArchive");

  private final String domain;
  private final String type;

  ManagedBean(String domain, String type) {
    this.domain = domain;
    this.type = type;
  }

  /** Returns the name of this bean of a cache. */
  ObjectName nameFor(URI managerUri, String cacheName) {
    String name =
        domain
            + ":type="
            + type
            + ",CacheManager="
            + plain(managerUri.toString())
            + ",Cache="
            + plain(cacheName);
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new CacheException("cannot name an MBean \"" + name + "\": " + e.getMessage(), e);
    }
  }

  private static String plain(String text) {
    return text.replaceAll("[,:=\n*?\"]", ".");
  }
}
