package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Durability;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyEncoder;
import java.io.Serializable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ArchiveConfigurationTest {
  private static ArchiveConfiguration.Builder<String, Integer> builder() {
    return ArchiveConfiguration.builder(String.class, Integer.class);
  }

  /** A rule that can be serialised. */
  private enum Stripped implements KeyEncoder<String>, Serializable {
    RULE;

    @Override
    public Object parts(String key) {
      return key.strip();
    }
  }

  @Test
  void defaults_areThoseThatAreDocumented() {
    ArchiveConfiguration<String, Integer> configuration = builder().build();
    assertEquals("default", configuration.namespace());
    assertEquals("kryo", configuration.codec());
    assertEquals(Optional.empty(), configuration.durability());
    assertEquals(Set.of(), configuration.allowed());
    assertSame(CanonicalEncoder.standard(), configuration.keyEncoder());
  }

  @Test
  void primitiveTypes_standForTheirWrappers() {
    assertEquals(
        Integer.class, ArchiveConfiguration.builder(int.class, long.class).build().keyType());
    assertEquals(builder().build(), ArchiveConfiguration.builder(String.class, int.class).build());
  }

  @Test
  void builder_changedAfterBuild_doesNotReachTheConfiguration() {
    ArchiveConfiguration.Builder<String, Integer> builder = builder().allow("a.B");
    ArchiveConfiguration<String, Integer> configuration = builder.build();
    builder.allow("c.*").namespace("later").keyEncoder(String.class, Stripped.RULE);
    assertEquals(Set.of("a.B"), configuration.allowed());
    assertEquals("default", configuration.namespace());
    assertSame(CanonicalEncoder.standard(), configuration.keyEncoder());
  }

  @Test
  void wrongSettings_areRefusedByName() {
    refused("namespace", () -> builder().namespace(""));
    refused("codec", () -> builder().codec(" "));
    refused("pattern", () -> builder().allow(""));
    refused("java.lang.Object", () -> builder().keyEncoder(Object.class, key -> 1));
    refused(
        "java.lang.String",
        () ->
            builder()
                .keyEncoder(String.class, Stripped.RULE)
                .keyEncoder(String.class, Stripped.RULE));
    assertThrows(NullPointerException.class, () -> ArchiveConfiguration.builder(null, int.class));
  }

  private static void refused(String name, Runnable setting) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, setting::run);
    assertTrue(refused.getMessage().contains(name), refused.getMessage());
  }

  @Test
  void serialisedConfiguration_isEqualAndKeepsItsEncoders() throws Exception {
    ArchiveConfiguration<String, Integer> configuration =
        builder()
            .namespace("n")
            .codec("java")
            .durability(Durability.OS)
            .allow("a.B")
            .keyEncoder(String.class, Stripped.RULE)
            .clock(InstantSource.fixed(Instant.EPOCH))
            .classLoader(ClassLoader.getPlatformClassLoader())
            .build();
    ArchiveConfiguration<String, Integer> copy = ArchiveWriterTest.copied(configuration);
    assertEquals(configuration, copy);
    assertEquals(configuration.hashCode(), copy.hashCode());
    assertEquals(copy.keyEncoder().encode("k"), copy.keyEncoder().encode(" k "));
    assertTrue(copy.clock().millis() > 0);
    assertSame(Thread.currentThread().getContextClassLoader(), copy.classLoader());
  }

  @Test
  void configurations_thatDifferInASetting_areNotEqual() {
    ArchiveConfiguration<String, Integer> configuration = builder().build();
    assertNotEquals(configuration, builder().namespace("n").build());
    assertNotEquals(configuration, builder().codec("java").build());
    assertNotEquals(configuration, builder().durability(Durability.OS).build());
    assertNotEquals(configuration, builder().allow("a.B").build());
    assertNotEquals(configuration, builder().keyEncoder(String.class, Stripped.RULE).build());
    assertNotEquals(
        configuration, ArchiveConfiguration.builder(String.class, Object.class).build());
  }
}
