package io.klepto.archive.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the jar says to GraalVM's {@code native-image}, held against the drivers. */
final class NativeImageMetadataTest {
  private static final String FOLDER = "/META-INF/native-image/io.klepto/klepto-archive-jdbc/";
  private static final Pattern ENTRY =
      Pattern.compile("\\{\"(?:type|name)\": \"([^\"]+)\", \"(fields|methods)\": (.*)\\},?");
  private static final Pattern MEMBER = Pattern.compile("\"name\": \"([^\"]+)\"");

  /** The members that a file names, by their class. */
  private static Map<String, Set<String>> membersIn(String file) throws IOException {
    Map<String, Set<String>> members = new TreeMap<>();
    for (String line : text(file).lines().map(String::strip).toList()) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        members.put(
            entry.group(1),
            MEMBER
                .matcher(entry.group(3))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    return members;
  }

  private static String text(String file) throws IOException {
    try (InputStream in = NativeImageMetadataTest.class.getResourceAsStream(FOLDER + file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void everyDriver_isNamedWithItsConstructor() throws IOException {
    Map<String, Set<String>> members = membersIn("reachability-metadata.json");
    List<String> drivers =
        DriverManager.drivers()
            .filter(driver -> isOfAnEngine(driver.getClass()))
            .map(driver -> driver.getClass().getName())
            .toList();
    assertTrue(drivers.containsAll(List.of("org.h2.Driver", "org.sqlite.JDBC")), drivers::toString);
    for (String driver : drivers) {
      assertEquals(Set.of("<init>"), members.get(driver), driver);
    }
    assertEquals(Set.of("<init>"), members.get(JdbcStoreProvider.class.getName()));
  }

  private static boolean isOfAnEngine(Class<?> driver) {
    String location = driver.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Arrays.stream(Engine.values())
        .map(engine -> engine.prefix().replace("jdbc", "").replace(":", ""))
        .anyMatch(location::contains);
  }

  @Test
  void everythingNamed_exists() throws Exception {
    for (Map.Entry<String, Set<String>> entry :
        membersIn("reachability-metadata.json").entrySet()) {
      if (entry.getKey().startsWith("com.mysql.")) {
        continue; // its licence keeps it out of the tests
      }
      Class<?> type = Class.forName(entry.getKey());
      for (String member : entry.getValue()) {
        assertNotNull(
            member.equals("<init>")
                ? type.getDeclaredConstructor()
                : type.getDeclaredField(member));
      }
    }
  }

  @Test
  void filesForOlderVersions_sayTheSame() throws IOException {
    assertEquals(membersIn("reachability-metadata.json"), membersIn("reflect-config.json"));
    String service = "META-INF/services/io.klepto.archive.store.StoreProvider";
    assertTrue(text("reachability-metadata.json").contains("{\"glob\": \"" + service + "\"}"));
    assertTrue(text("resource-config.json").contains("\\\\Q" + service + "\\\\E"));
  }
}
