package io.klepto.archive.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class LocationNameTest {
  @Test
  void of_aPlainLocation_isTheLocation() {
    for (String location :
        new String[] {
          "dir:/a/b@c", "dir:///a", "dict:name", "a/b", "jdbc:h2:/a/b", "x://host:1/a"
        }) {
      assertEquals(location, LocationName.of(URI.create(location)));
    }
  }

  @Test
  void of_aLocationWithSecrets_keepsHostAndPath() {
    assertEquals("redis://***@host:1/0", LocationName.of(URI.create("redis://me:hush@host:1/0")));
    assertEquals("jdbc:h2:/a…", LocationName.of(URI.create("jdbc:h2:/a;PASSWORD=hush")));
    assertEquals("jdbc:pg://h/d…", LocationName.of(URI.create("jdbc:pg://h/d?password=hush")));
  }

  @Test
  void of_anyFormOfPassword_neverShowsIt() {
    for (String location :
        new String[] {
          "redis://:hush@host",
          "redis://me:hu%40hush@host",
          "redis://me:hush/hush@host/0",
          "redis://me:hush?hush@host/0",
          "jdbc:oracle:thin:me/hush@host:1:d",
          "jdbc:pg://me:hush@h/d?user=a@b&password=hush",
          "jdbc:sqlserver://h:1;user=a;password={hush@hush;hush}"
              .replace("{", "%7B")
              .replace("}", "%7D"),
          "jdbc:pg://h/d?user=a&password=hush@hush",
          "dir:/a?password=hush",
          "dict:name#hush",
          "//me:hush@host/path",
        }) {
      String name = LocationName.of(URI.create(location));
      assertFalse(name.contains("hush"), () -> location + " became " + name);
    }
  }
}
