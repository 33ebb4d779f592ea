package io.klepto.apps;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * A process that uses a cache whose archive wants a password, and prints all that can be seen of
 * it: logs of every level, beans, what objects say of themselves, what Java Flight Recorder has of
 * it, and the failure if it fails.
 */
final class PasswordProgram {
  static final String WORKS = "works";
  static final String REFUSED = "refused";

  private PasswordProgram() {}

  /** Runs with the configuration file, which has the cache {@code people}. */
  public static void main(String[] arguments) throws IOException, JMException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    logEverything();
    try (Recording recording = new Recording()) {
      List.of("ArchiveLoad", "ArchiveDump", "Eviction", "ArchiveFailure")
          .forEach(name -> recording.enable("io.klepto." + name).withoutThreshold());
      recording.start();
      use(Path.of(arguments[0]), out);
      recording.stop();
      printEvents(recording, Path.of(arguments[0] + ".jfr"), out);
    }
  }

  private static void use(Path file, PrintStream out) throws JMException {
    try (KleptoCachingProvider provider = new KleptoCachingProvider()) {
      CacheManager manager = provider.getCacheManager(file.toUri(), null);
      out.println(manager);
      Cache<Object, Object> cache = manager.getCache("people");
      cache.put("ada", 1815);
      KleptoConfiguration<Object, Object> configuration = configurationOf(cache);
      out.println(cache + " " + configuration + " " + configuration.archive());
      printBeans(out);
      cache.unwrap(KleptoCache.class).evictAll(true);
      out.println(cache.get("ada").equals(1815) ? WORKS : "lost");
    } catch (CacheException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      out.println(trace);
      out.println(REFUSED);
    }
  }

  @SuppressWarnings("unchecked")
  private static KleptoConfiguration<Object, Object> configurationOf(Cache<Object, Object> cache) {
    return cache.getConfiguration(KleptoConfiguration.class);
  }

  private static void logEverything() {
    Logger root = Logger.getLogger("");
    root.setLevel(Level.ALL);
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(Level.ALL);
    }
  }

  private static void printEvents(Recording recording, Path file, PrintStream out)
      throws IOException {
    recording.dump(file);
    RecordingFile.readAllEvents(file).forEach(out::println);
    out.println(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  private static void printBeans(PrintStream out) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : server.queryNames(null, null)) {
      out.println(name);
      if (!name.getDomain().startsWith("java.")) { // whose beans show every system property
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
          out.println(attribute + " = " + server.getAttribute(name, attribute.getName()));
        }
      }
    }
  }
}
