package io.klepto.archive.dir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamespaceNamesTest {
  /** Written once and kept: what folders are called on users' disks. */
  @Test
  void folderNameOf_isStable() {
    assertEquals("orders-142265b87b324ee027f16d9836042013", NamespaceNames.folderNameOf("orders"));
    assertEquals(
        "gr__e__x-0d6c1f3f7b963a71473dfac2d615f795", NamespaceNames.folderNameOf("Größe.$x"));
  }

  @Test
  void folderNameOf_anything_isSafeAndItsOwn() {
    Map<String, String> byName = new HashMap<>();
    for (String namespace :
        List.of(
            "orders",
            "Orders",
            "orders ",
            "orders.",
            ".",
            "..",
            "/",
            "a/b",
            "a\\b",
            "a:b",
            "a_b",
            "CON",
            "con",
            "nul.txt",
            "\0",
            "ä",
            "a\u0308",
            "\uD800",
            "\uDC00",
            "?",
            "\uFFFD",
            "x".repeat(32),
            "x".repeat(33),
            "x".repeat(100_000),
            "trash",
            "klepto.lock",
            NamespaceNames.folderNameOf("orders"))) {
      String name = NamespaceNames.folderNameOf(namespace);
      assertTrue(name.matches("[a-z0-9_]{1,32}-[0-9a-f]{32}"), name);
      assertEquals(null, byName.put(name, namespace), name);
    }
  }
}
