package io.klepto.jcache.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.event.CapturedLog;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagementRegistrarTest {
  private static final URI MANAGER = URI.create("file:/tmp/klepto.conf");
  private static final String STATISTICS =
      "javax.cache:type=CacheStatistics,CacheManager=file./tmp/klepto.conf,Cache=books";
  private static final String CONFIGURATION =
      "javax.cache:type=CacheConfiguration,CacheManager=file./tmp/klepto.conf,Cache=books";

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final CapturedLog log = new CapturedLog();
  private final ManagementRegistrar registrar = registrar("books");
  private final CacheStatistics statistics = new CacheStatistics();

  @Test
  void registerStatistics_clientsReadThemUnderTheStandardName() throws Exception {
    registrar.registerStatistics(new CacheStatisticsBean(statistics));
    statistics.gets(3, 1, 0);
    assertEquals(3L, server.getAttribute(new ObjectName(STATISTICS), "CacheHits"));
    assertEquals(75f, server.getAttribute(new ObjectName(STATISTICS), "CacheHitPercentage"));
    server.invoke(new ObjectName(STATISTICS), "clear", null, null);
    assertEquals(0L, server.getAttribute(new ObjectName(STATISTICS), "CacheHits"));
  }

  @Test
  void registerConfiguration_clientsReadItUnderTheStandardName() throws Exception {
    registrar.registerConfiguration(configurationBean());
    assertEquals("java.lang.Object", server.getAttribute(new ObjectName(CONFIGURATION), "KeyType"));
    assertEquals(true, server.getAttribute(new ObjectName(CONFIGURATION), "StoreByValue"));
  }

  @Test
  void bothBeans_areTheOnlyOnesInTheDomain() throws Exception {
    registrar.registerStatistics(new CacheStatisticsBean(statistics));
    registrar.registerConfiguration(configurationBean());
    assertEquals(
        Set.of(new ObjectName(STATISTICS), new ObjectName(CONFIGURATION)), standardNames());
  }

  @Test
  void registerTwice_hasNoEffect() throws Exception {
    registrar.registerStatistics(new CacheStatisticsBean(statistics));
    registrar.registerStatistics(new CacheStatisticsBean(new CacheStatistics()));
    statistics.hit(0);
    assertEquals(1L, server.getAttribute(new ObjectName(STATISTICS), "CacheHits"));
    assertEquals(0, log.lines().size());
  }

  @Test
  void unregister_takesThatBeanOut_twiceHasNoEffect() throws Exception {
    registrar.registerStatistics(new CacheStatisticsBean(statistics));
    registrar.registerConfiguration(configurationBean());
    registrar.unregisterStatistics();
    registrar.unregisterStatistics();
    assertEquals(Set.of(new ObjectName(CONFIGURATION)), standardNames());
    registrar.unregisterConfiguration();
    assertEquals(Set.of(), standardNames());
  }

  @Test
  void registerAfterUnregister_isThereAgain() throws Exception {
    registrar.registerStatistics(new CacheStatisticsBean(statistics));
    registrar.unregisterStatistics();
    registrar.registerStatistics(new CacheStatisticsBean(statistics));
    assertEquals(Set.of(new ObjectName(STATISTICS)), standardNames());
  }

  @Test
  void unregister_neverRegistered_doesNotTouchJmx() {
    ManagementRegistrar idle =
        new ManagementRegistrar(
            MANAGER,
            "books",
            () -> {
              throw new AssertionError("must not be asked for");
            },
            () -> log);
    idle.unregisterStatistics();
    idle.unregisterConfiguration();
  }

  @Test
  void unregister_somebodyElseDidAlready_hasNoEffect() throws Exception {
    registrar.registerStatistics(new CacheStatisticsBean(statistics));
    server.unregisterMBean(new ObjectName(STATISTICS));
    registrar.unregisterStatistics();
    assertEquals(Set.of(), standardNames());
  }

  @Test
  void nameTakenByAnotherCache_isLogged_theOtherKeepsItUntilItLeaves() throws Exception {
    ManagementRegistrar first = registrar("bo?oks");
    ManagementRegistrar second = registrar("bo:oks");
    first.registerStatistics(new CacheStatisticsBean(statistics));
    second.registerStatistics(new CacheStatisticsBean(new CacheStatistics()));
    assertEquals(1, log.lines().size());
    assertEquals(System.Logger.Level.WARNING, log.lines().get(0).level());
    assertTrue(log.lines().get(0).message().contains("bo:oks"), log.lines().get(0).message());

    second.unregisterStatistics();
    statistics.hit(0);
    ObjectName name =
        new ObjectName(
            "javax.cache:type=CacheStatistics,CacheManager=file./tmp/klepto.conf,Cache=bo.oks");
    assertEquals(1L, server.getAttribute(name, "CacheHits"));
    first.unregisterStatistics();
    second.registerStatistics(new CacheStatisticsBean(new CacheStatistics()));
    assertEquals(0L, server.getAttribute(name, "CacheHits"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b", "a:b", "a=b", "a\nb", "a*b", "a?b", "a\"b", "a.b",
      })
  void awkwardCharacters_areFullStops(String name) {
    ObjectName found = ManagedBean.STATISTICS.nameFor(MANAGER, name);
    assertEquals("a.b", found.getKeyProperty("Cache"));
    assertFalse(found.isPattern());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a$b##c", "$1\\2", "Bücher 書", "'a'", "a/b;c"})
  void otherCharacters_stay(String name) throws Exception {
    ManagementRegistrar odd = registrar(name);
    odd.registerStatistics(new CacheStatisticsBean(statistics));
    ObjectName found = standardNames().iterator().next();
    assertEquals(name, found.getKeyProperty("Cache"));
    odd.unregisterStatistics();
    assertEquals(Set.of(), standardNames());
  }

  @Test
  void awkwardManagerUri_isPlainToo() {
    ObjectName found =
        ManagedBean.CONFIGURATION.nameFor(URI.create("jar:file:/a,b!/c?d=e*f"), "books");
    assertEquals("jar.file./a.b!/c.d.e.f", found.getKeyProperty("CacheManager"));
    assertEquals("CacheConfiguration", found.getKeyProperty("type"));
    assertFalse(found.isPattern());
  }

  @Test
  void serverRefuses_isCacheExceptionThatNamesTheBean() {
    MBeanServer refusing = refusing("registerMBean");
    ManagementRegistrar unlucky =
        new ManagementRegistrar(MANAGER, "books", () -> refusing, () -> log);
    CacheException e =
        assertThrows(
            CacheException.class,
            () -> unlucky.registerStatistics(new CacheStatisticsBean(statistics)));
    assertTrue(e.getMessage().contains(STATISTICS), e.getMessage());
    assertEquals(MBeanRegistrationException.class, e.getCause().getClass());
  }

  @Test
  void serverRefusesToUnregister_isCacheExceptionThatNamesTheBean() {
    MBeanServer refusing = refusing("unregisterMBean");
    ManagementRegistrar unlucky =
        new ManagementRegistrar(MANAGER, "books", () -> refusing, () -> log);
    unlucky.registerConfiguration(configurationBean());
    CacheException e = assertThrows(CacheException.class, unlucky::unregisterConfiguration);
    assertTrue(e.getMessage().contains(CONFIGURATION), e.getMessage());
  }

  @Test
  void publicConstructor_usesThePlatformServer() throws Exception {
    ManagementRegistrar real = new ManagementRegistrar(URI.create("klepto-test"), "platform");
    ObjectName name =
        new ObjectName("javax.cache:type=CacheStatistics,CacheManager=klepto-test,Cache=platform");
    MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
    real.registerStatistics(new CacheStatisticsBean(statistics));
    try {
      assertTrue(platform.isRegistered(name));
    } finally {
      real.unregisterStatistics();
    }
    assertThrows(InstanceNotFoundException.class, () -> platform.getAttribute(name, "CacheHits"));
  }

  @Test
  void afterUnregister_nothingRefersToTheBean() {
    CacheStatisticsBean bean = new CacheStatisticsBean(statistics);
    WeakReference<CacheStatisticsBean> reference = new WeakReference<>(bean);
    registrar.registerStatistics(bean);
    registrar.unregisterStatistics();
    bean = null;
    for (int i = 0; i < 50 && reference.get() != null; i++) {
      System.gc();
    }
    assertNull(reference.get());
  }

  private ManagementRegistrar registrar(String cacheName) {
    return new ManagementRegistrar(MANAGER, cacheName, () -> server, () -> log);
  }

  private Set<ObjectName> standardNames() throws Exception {
    return server.queryNames(new ObjectName("javax.cache:*"), null);
  }

  private static CacheConfigurationBean configurationBean() {
    return new CacheConfigurationBean(() -> new MutableConfiguration<Object, Object>());
  }

  /** A real server, except for one method that fails. */
  private MBeanServer refusing(String refused) {
    return (MBeanServer)
        Proxy.newProxyInstance(
            MBeanServer.class.getClassLoader(),
            new Class<?>[] {MBeanServer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(refused)) {
                throw new MBeanRegistrationException(new IllegalStateException("full"));
              }
              try {
                return method.invoke(server, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
