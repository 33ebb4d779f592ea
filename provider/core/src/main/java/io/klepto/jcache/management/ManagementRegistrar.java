package io.klepto.jcache.management;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.management.CacheMXBean;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Puts the beans of one cache into the platform's MBean server and takes them out.
 *
 * <p>Registering what is registered, and unregistering what is not, has no effect. If another cache
 * has taken the name (two cache managers with one URI and different class loaders, or cache names
 * that differ only in characters that object names cannot have), the other one keeps it, this is
 * logged, and unregistering here leaves the other's bean alone.
 *
 * <p>JMX is touched by the first registration, not before: starting it costs many milliseconds.
 * After a bean is unregistered nothing here or in the server refers to it.
 *
 * <p>Thread-safe.
 */
public final class ManagementRegistrar {
  private final URI managerUri;
  private final String cacheName;
  private final Supplier<MBeanServer> servers;
  private final Supplier<System.Logger> log;
  private final ReentrantLock changes = new ReentrantLock();
  private final Map<ManagedBean, ObjectName> registered = new EnumMap<>(ManagedBean.class);

  /** Makes a registrar for a cache; nothing is registered yet. */
  public ManagementRegistrar(URI managerUri, String cacheName) {
    this(
        managerUri,
        cacheName,
        () -> ManagementFactory.getPlatformMBeanServer(),
        () -> System.getLogger(ManagementRegistrar.class.getName()));
  }

  ManagementRegistrar(
      URI managerUri,
      String cacheName,
      Supplier<MBeanServer> servers,
      Supplier<System.Logger> log) {
    this.managerUri = requireNonNull(managerUri, "managerUri");
    this.cacheName = requireNonNull(cacheName, "cacheName");
    this.servers = servers;
    this.log = log;
  }

  /**
   * Registers the statistics.
   *
   * @throws CacheException if the MBean server refuses; it names the object name
   */
  public void registerStatistics(CacheStatisticsMXBean bean) {
    register(ManagedBean.STATISTICS, requireNonNull(bean, "bean"));
  }

  /**
   * Registers the configuration.
   *
   * @throws CacheException if the MBean server refuses; it names the object name
   */
  public void registerConfiguration(CacheMXBean bean) {
    register(ManagedBean.CONFIGURATION, requireNonNull(bean, "bean"));
  }

  /**
   * Registers what happens between the cache and its archive.
   *
   * @param bean has a public MXBean interface
   * @throws CacheException if the MBean server refuses; it names the object name
   */
  public void registerArchive(Object bean) {
    register(ManagedBean.ARCHIVE, requireNonNull(bean, "bean"));
  }

  /**
   * Takes the bean of the archive out.
   *
   * @throws CacheException if the MBean server refuses; it names the object name
   */
  public void unregisterArchive() {
    unregister(ManagedBean.ARCHIVE);
  }

  /**
   * Takes the statistics out.
   *
   * @throws CacheException if the MBean server refuses; it names the object name
   */
  public void unregisterStatistics() {
    unregister(ManagedBean.STATISTICS);
  }

  /**
   * Takes the configuration out.
   *
   * @throws CacheException if the MBean server refuses; it names the object name
   */
  public void unregisterConfiguration() {
    unregister(ManagedBean.CONFIGURATION);
  }

  private void register(ManagedBean kind, Object bean) {
    changes.lock();
    try {
      if (registered.containsKey(kind)) {
        return;
      }
      ObjectName name = kind.nameFor(managerUri, cacheName);
      try {
        servers.get().registerMBean(bean, name);
        registered.put(kind, name);
      } catch (InstanceAlreadyExistsException e) {
        log.get()
            .log(
                WARNING,
                "cache {0} of {1} does not show in JMX: another cache has the MBean name {2};"
                    + " give this cache another name, or its manager another URI",
                cacheName,
                managerUri,
                name);
      } catch (JMException | JMRuntimeException | SecurityException e) {
        throw new CacheException("cannot register MBean " + name + ": " + e, e);
      }
    } finally {
      changes.unlock();
    }
  }

  private void unregister(ManagedBean kind) {
    changes.lock();
    try {
      ObjectName name = registered.get(kind);
      if (name != null) {
        unregister(name);
        registered.remove(kind);
      }
    } finally {
      changes.unlock();
    }
  }

  private void unregister(ObjectName name) {
    try {
      servers.get().unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // Somebody else has unregistered it, for example an agent that empties the domain.
    } catch (JMException | JMRuntimeException | SecurityException e) {
      throw new CacheException("cannot unregister MBean " + name + ": " + e, e);
    }
  }
}
