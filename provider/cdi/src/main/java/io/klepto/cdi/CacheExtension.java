package io.klepto.cdi;

import io.klepto.annotation.Annotations;
import io.klepto.annotation.CachedMethod;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import javax.cache.CacheManager;

/**
 * Teaches a CDI container the JCache annotations. The container finds it by itself; one that is
 * started with discovery disabled has to be given it, by {@code
 * SeContainerInitializer#addExtensions}.
 *
 * <p>It makes {@code @CacheResult}, {@code @CachePut}, {@code @CacheRemove} and
 * {@code @CacheRemoveAll} interceptor bindings none of whose members bind, and adds an interceptor
 * for each. Annotations count on the methods of the bean's class, on those that these override, and
 * on those of interfaces that they implement. The interceptors have the priority {@link #PRIORITY}.
 *
 * <p>The caches are those of the bean {@link CacheManager}. Unless the application has one, it is
 * the default manager of the default provider, opened when it is first needed and closed when the
 * container is shut down, after all beans are gone. A bean or a producer of the application takes
 * its place, and closes it itself; one that another extension adds must be an alternative with a
 * priority.
 *
 * <p>Key generators and resolver factories that an annotation names are beans, if the class is one
 * or a producer makes it or an alternative replaces it; else they are made by their public
 * constructor without parameters. There is one of each; dependent ones live as long as the
 * container.
 *
 * <p>What JSR-107 does not allow, and methods that no container can intercept, are deployment
 * problems.
 */
public final class CacheExtension implements Extension {
  /**
   * The priority of the interceptors, {@link Interceptor.Priority#LIBRARY_AFTER}: interceptors of
   * the application, that check who calls for instance, and of the platform's beginning, as
   * transactions, see each call; those at its end, as retries, see only calls that no cache
   * answers.
   */
  public static final int PRIORITY = Interceptor.Priority.LIBRARY_AFTER;

  private final InheritedAnnotations inherited = new InheritedAnnotations();
  private final CachedBeans beans = new CachedBeans();
  private final StandardManager standardManager = new StandardManager();
  private volatile boolean hasManager;

  /** Creates the extension, for the container. */
  public CacheExtension() {}

  void bind(@Observes BeforeBeanDiscovery event) {
    CachedBeans.ANNOTATIONS.forEach(
        annotation ->
            event
                .configureInterceptorBinding(annotation)
                .methods()
                .forEach(member -> member.add(Nonbinding.Literal.INSTANCE)));
    List.of(
            CacheResultInterceptor.class,
            CachePutInterceptor.class,
            CacheRemoveInterceptor.class,
            CacheRemoveAllInterceptor.class)
        .forEach(interceptor -> event.addAnnotatedType(interceptor, interceptor.getName()));
  }

  <T> void inherit(@Observes ProcessAnnotatedType<T> event) {
    inherited.addTo(event);
  }

  void find(@Observes ProcessManagedBean<?> event) {
    beans.add(event);
  }

  void findManager(@Observes ProcessBean<?> event) {
    hasManager |=
        event.getBean().getTypes().contains(CacheManager.class)
            && event.getBean().getQualifiers().contains(Default.Literal.INSTANCE);
  }

  void addManager(@Observes @Priority(PRIORITY) AfterBeanDiscovery event) {
    if (!hasManager) {
      event
          .<CacheManager>addBean()
          .id(CacheManager.class.getName())
          .types(CacheManager.class, Object.class)
          .scope(ApplicationScoped.class)
          .createWith(context -> standardManager.open());
    }
  }

  void check(@Observes AfterDeploymentValidation event, BeanManager manager) {
    BeanReferences references = new BeanReferences(manager);
    beans.start(
        Annotations.builder()
            .manager(references::manager)
            .instances(references::referenceOrNull)
            .build(),
        references);
    beans.check(event);
  }

  void close(@Observes BeforeShutdown event) {
    beans.close();
    standardManager.close();
  }

  /**
   * Returns what a method's annotation says; empty if it has none.
   *
   * @param target the class of the object that it is called on, as the container made it
   */
  Optional<CachedMethod> method(Class<?> target, Method method) {
    return beans.method(target, method);
  }
}
