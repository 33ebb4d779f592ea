package io.klepto.jcache.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.Sharing;
import io.klepto.jcache.config.WriteBehind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code reference.conf} says is so, and it says everything. */
final class ReferenceConfTest {
  private static final String TEXT = text();

  private static String text() {
    try (InputStream in = KleptoConfiguration.class.getResourceAsStream("reference.conf")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static KleptoConfiguration<Object, Object> with(String name, String... settings) {
    Properties properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty("klepto.defaults." + settings[i], settings[i + 1]);
    }
    return Reader.configuration(Reader.alone().read("reference.conf", TEXT, properties).of(name));
  }

  private static KleptoConfigurationBuilder<Object, Object> plain() {
    return KleptoConfiguration.builder(Object.class, Object.class);
  }

  @Test
  void defaults_areThoseOfTheBuilder() {
    assertEquals(plain().build(), with("any"));
  }

  @Test
  void defaults_ofAnArchive_areThoseOfTheBuilder() {
    KleptoConfiguration<Object, Object> read = with("any", "archive.location", "dict:x");
    assertEquals(plain().archive(URI.create("dict:x")).build(), read);
  }

  @Test
  void defaults_ofWriteBehind_areThoseOfTheBuilder() {
    KleptoConfiguration<Object, Object> read = with("any", "archive.mode", "write-behind");
    assertEquals(plain().writeBehind(WriteBehind.builder().build()).build(), read);
    KleptoConfiguration<Object, Object> other =
        with("any", "archive.mode", "write-behind", "write-behind.retries", "4");
    assertEquals(4, other.writeBehind().retries(), "the section must be read");
  }

  @Test
  void defaults_ofSharing_areThoseOfTheBuilder() {
    assertEquals(Sharing.builder().build(), with("any").sharing());
  }

  @Test
  void keepAll_isWhatHoldsWithoutIt() {
    String without = TEXT.replaceFirst("(?m)^ *keep-all = .*$", "");
    for (String name :
        List.of(
            "default-update-timestamps-region",
            "app.default-update-timestamps-region",
            "org.hibernate.cache.spi.UpdateTimestampsCache",
            "update-timestamps",
            "people")) {
      Properties bound = new Properties();
      bound.setProperty("klepto.defaults.max-entries", "7");
      long said = boundOf(TEXT, bound, name);
      assertEquals(said, boundOf(without, bound, name), name);
      assertEquals(name.matches(".*(region|Cache)"), said == Long.MAX_VALUE, name);
    }
  }

  private static long boundOf(String text, Properties properties, String name) {
    CachesSettings read = Reader.alone().read("reference.conf", text, properties);
    return read.of(name).trial().eviction().maxEntries();
  }

  @Test
  void everyKeyThatIsKnown_isDocumented_andTheReverse() {
    Reader reader = Reader.alone();
    reader.read("reference.conf", TEXT, new Properties());
    TreeSet<String> documented = new TreeSet<>();
    collect("", ConfigFactory.parseString(TEXT).root(), documented);
    assertEquals(new TreeSet<>(reader.asked()), documented);
  }

  /** Elements of lists have no default, so that they stand in comments. */
  @Test
  void everyKeyOfAnElement_isDocumented() {
    Reader reader = Reader.alone();
    reader.cache(
        """
        klepto.caches.c {
          keymap = [{ type = hash }, { type = raw }]
          listeners = [{ class = %s }]
        }
        """
            .formatted(Parts.nameOf(Parts.Created.class)));
    List<String> ofElements = reader.asked().stream().filter(key -> key.contains("[]")).toList();
    assertTrue(ofElements.size() >= 9, ofElements::toString);
    for (String key : ofElements) {
      String name = key.substring(key.lastIndexOf('.') + 1);
      assertTrue(TEXT.matches("(?s).*# .*\\b" + name + " = .*"), key);
    }
  }

  private static void collect(String path, ConfigObject object, Set<String> paths) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      paths.add(key);
      if (entry.getValue() instanceof ConfigObject inner) {
        collect(key, inner, paths);
      }
    }
  }
}
