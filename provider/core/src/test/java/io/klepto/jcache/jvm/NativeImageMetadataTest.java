package io.klepto.jcache.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.klepto.archive.Archives;
import io.klepto.jcache.KleptoCachingProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the jars say to GraalVM's {@code native-image}, held against the code. No image is built
 * here.
 */
final class NativeImageMetadataTest {
  /** A jar with metadata. */
  private enum Artifact {
    JCACHE("klepto-jcache", KleptoCachingProvider.class, "javax.cache.spi.CachingProvider"),
    ARCHIVE("klepto-archive", Archives.class, "io.klepto.archive.store.StoreProvider");

    final String folder;
    final Class<?> inside;
    final String service;

    Artifact(String name, Class<?> inside, String service) {
      this.folder = "META-INF/native-image/io.klepto/" + name + "/";
      this.inside = inside;
      this.service = service;
    }

    Config json(String file) throws IOException {
      return ConfigFactory.parseString("{ root = " + text(folder + file) + " }");
    }

    /** Returns what is said of each type, by its name. */
    Map<String, Config> types() throws IOException {
      return byName(json("reachability-metadata.json").getConfigList("root.reflection"), "type");
    }

    List<String> implementations() throws IOException {
      return text("META-INF/services/" + service).lines().filter(line -> !line.isBlank()).toList();
    }

    /** Returns a file of the jar itself: those of others may have the same name. */
    private String text(String name) throws IOException {
      for (URL url : Collections.list(inside.getClassLoader().getResources(name))) {
        String home = inside.getProtectionDomain().getCodeSource().getLocation().getPath();
        if (url.getPath().contains(home)) {
          try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
          }
        }
      }
      throw new AssertionError("expected " + name + " beside " + inside);
    }
  }

  private static Map<String, Config> byName(List<? extends Config> entries, String key) {
    Map<String, Config> byName = new TreeMap<>();
    for (Config entry : entries) {
      assertEquals(null, byName.put(entry.getString(key), entry.withoutPath(key)), entry::toString);
    }
    return byName;
  }

  private static Set<String> names(Config entry, String members) {
    Set<String> names = new TreeSet<>();
    if (entry.hasPath(members)) {
      entry.getConfigList(members).forEach(member -> names.add(member.getString("name")));
    }
    return names;
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, NativeImageMetadataTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("the metadata names a class that is not there: " + name, e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingNamed_exists(Artifact artifact) throws Exception {
    for (Map.Entry<String, Config> entry : artifact.types().entrySet()) {
      Class<?> type = type(entry.getKey());
      for (String field : names(entry.getValue(), "fields")) {
        assertNotNull(type.getDeclaredField(field));
      }
      if (entry.getValue().hasPath("methods")) {
        for (Config method : entry.getValue().getConfigList("methods")) {
          assertExists(type, method.getString("name"), method.getStringList("parameterTypes"));
        }
      }
    }
    for (Config resource :
        artifact.json("reachability-metadata.json").getConfigList("root.resources")) {
      assertFalse(artifact.text(resource.getString("glob")).isBlank());
    }
  }

  private static void assertExists(Class<?> type, String name, List<String> parameterTypes)
      throws Exception {
    Class<?>[] parameters =
        parameterTypes.stream().map(NativeImageMetadataTest::type).toArray(Class<?>[]::new);
    if (name.equals("<init>")) {
      assertNotNull(type.getDeclaredConstructor(parameters));
    } else {
      Method method = type.getDeclaredMethod(name, parameters);
      assertNotNull(method);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyService_isNamedWithItsConstructorAndItsFile(Artifact artifact) throws Exception {
    List<String> implementations = artifact.implementations();
    assertFalse(implementations.isEmpty());
    for (String implementation : implementations) {
      Config entry = artifact.types().get(implementation);
      assertNotNull(entry, implementation);
      assertEquals(Set.of("<init>"), names(entry, "methods"), implementation);
    }
    List<String> globs = new ArrayList<>();
    artifact
        .json("reachability-metadata.json")
        .getConfigList("root.resources")
        .forEach(each -> globs.add(each.getString("glob")));
    assertTrue(globs.contains("META-INF/services/" + artifact.service), globs::toString);
  }

  @ParameterizedTest
  @EnumSource
  void everythingThatTheCodeNames_isNamed(Artifact artifact) throws Exception {
    ReflectiveUses uses = ReflectiveUses.in(artifact.inside);
    assertFalse(uses.members().isEmpty() && artifact == Artifact.JCACHE);
    Map<String, Config> types = artifact.types();
    List<String> missing = new ArrayList<>();
    uses.members()
        .forEach(
            (type, members) -> {
              Config entry = types.getOrDefault(type, ConfigFactory.empty());
              Set<String> left = new TreeSet<>(members);
              left.removeAll(names(entry, "fields"));
              left.removeAll(names(entry, "methods"));
              if (!types.containsKey(type) || !left.isEmpty()) {
                missing.add(type + " " + left);
              }
            });
    assertEquals(List.of(), missing);
  }

  @ParameterizedTest
  @EnumSource
  void filesForOlderVersions_sayTheSame(Artifact artifact) throws Exception {
    assertEquals(
        artifact.types(),
        byName(artifact.json("reflect-config.json").getConfigList("root"), "name"));
    List<String> patterns = new ArrayList<>();
    artifact
        .json("resource-config.json")
        .getConfigList("root.resources.includes")
        .forEach(each -> patterns.add(each.getString("pattern")));
    List<String> globs = new ArrayList<>();
    artifact
        .json("reachability-metadata.json")
        .getConfigList("root.resources")
        .forEach(each -> globs.add("\\Q" + each.getString("glob") + "\\E"));
    assertEquals(globs, patterns);
  }

  @Test
  void uses_areFoundInCode() throws Exception {
    Map<String, Set<String>> members = ReflectiveUses.in(KleptoCachingProvider.class).members();
    assertEquals(Set.of("value", "owner", "next"), members.get("io.klepto.jcache.entry.Node"));
    assertTrue(
        members
            .get("sun.reflect.ReflectionFactory")
            .containsAll(Arrays.asList("getReflectionFactory", "newConstructorForSerialization")));
  }
}
