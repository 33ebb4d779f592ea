package io.klepto.jcache;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.Archives;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;

/** An archive in memory that lets a test act, or fail, around each call. */
final class HookedArchive {
  private HookedArchive() {}

  /** What a test does around a call of an archive; both do nothing unless overridden. */
  interface Hook {
    /** Runs before the named method. */
    default void before(String method) {}

    /** Runs after the named method, or after {@code next} of a cursor, has an answer. */
    default void after(String method) {}
  }

  /** Returns an archive with a hook. */
  @SuppressWarnings("unchecked")
  static Archive<String, Integer> with(Hook hook) {
    Archive<String, Integer> archive =
        Archives.open(
            URI.create("dict:/"),
            ArchiveConfiguration.builder(String.class, Integer.class).namespace("hooked").build());
    return (Archive<String, Integer>) around(Archive.class, archive, hook);
  }

  private static <T> T around(Class<T> type, Object target, Hook hook) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              hook.before(method.getName());
              Object answer;
              try {
                answer = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              hook.after(method.getName());
              return answer instanceof ArchiveCursor<?, ?>
                  ? around(ArchiveCursor.class, answer, hook)
                  : answer;
            }));
  }
}
