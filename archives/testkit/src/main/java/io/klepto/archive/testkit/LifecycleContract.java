package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Opening, closing, reopening, destroying; namespaces and their identity. */
abstract class LifecycleContract extends StoreContractPart {
  @Test
  void name_containsTheNamespace() {
    assertTrue(store.name().contains(NAMESPACE), store.name());
  }

  @Test
  void close_makesEveryCallFailByName() {
    long version = store.put(key("a"), content("one"));
    RecordCursor cursor = store.scan();
    store.close();
    List<Executable> calls = new ArrayList<>();
    calls.add(() -> store.get(key("a")));
    calls.add(() -> store.contains(key("a")));
    calls.add(() -> store.getAll(List.of(key("a"))));
    calls.add(() -> store.put(key("a"), content("two")));
    calls.add(() -> store.putAll(Map.of(key("a"), content("two"))));
    calls.add(() -> store.remove(key("a")));
    calls.add(() -> store.removeAll(List.of(key("a"))));
    calls.add(() -> store.compareAndSet(key("a"), version, content("two")));
    calls.add(() -> store.compareAndRemove(key("a"), version));
    calls.add(() -> store.touch(key("a"), version, ETERNAL));
    calls.add(store::scan);
    calls.add(cursor::next);
    calls.add(store::size);
    calls.add(store::clear);
    calls.add(store::sync);
    calls.add(store::compact);
    calls.add(() -> store.verify(false));
    calls.add(store::destroy);
    for (int i = 0; i < calls.size(); i++) {
      IllegalStateException thrown =
          assertThrows(IllegalStateException.class, calls.get(i), "call number " + i);
      assertTrue(thrown.getMessage().contains(store.name()), thrown.getMessage());
    }
    assertDoesNotThrow(cursor::close);
    assertDoesNotThrow(store::close);
  }

  @Test
  void reopening_findsWhatWasAcknowledged() {
    requirePersistent();
    long version = store.put(key("a"), content("one"));
    store.put(key("b"), content("two"));
    store.remove(key("b"));
    store.close();
    store = open(NAMESPACE);
    assertHolds(key("a"), content("one"));
    assertEquals(version, store.get(key("a")).version());
    assertNull(store.get(key("b")));
    assertTrue(store.put(key("a"), content("three")) > version);
  }

  @Test
  void twoOpenStores_seeEachOther() {
    Store other = open(NAMESPACE);
    long version = store.put(key("a"), content("one"));
    assertEquals(store.get(key("a")), other.get(key("a")));
    assertTrue(other.put(key("a"), content("two")) > version);
    assertHolds(key("a"), content("two"));
    other.close();
    assertHolds(key("a"), content("two"));
    store.put(key("a"), content("three"));
    assertHolds(key("a"), content("three"));
  }

  @Test
  void namespaces_areApart() {
    List<String> namespaces =
        List.of(
            NAMESPACE.toUpperCase(Locale.ROOT),
            NAMESPACE + " ",
            NAMESPACE + ".",
            "../" + NAMESPACE,
            "/",
            ".",
            "..",
            "con",
            "a/b",
            "a\\b",
            "a_b",
            "a:b*?\"<>|",
            "\0",
            "\uD800",
            "?",
            "\uD83D\uDE00",
            "ä",
            "a\u0308",
            "x".repeat(1_000),
            "x".repeat(1_001));
    store.put(key("a"), content(NAMESPACE));
    List<Store> others = new ArrayList<>();
    for (String namespace : namespaces) {
      Store other = open(namespace);
      assertNull(other.get(key("a")), namespace);
      other.put(key("a"), content(namespace.getBytes(StandardCharsets.UTF_16BE)));
      others.add(other);
    }
    for (int i = 0; i < namespaces.size(); i++) {
      byte[] expected = namespaces.get(i).getBytes(StandardCharsets.UTF_16BE);
      assertEquals(content(expected), others.get(i).get(key("a")).content(), namespaces.get(i));
      assertEquals(1, others.get(i).size());
    }
    others.get(0).clear();
    others.get(1).destroy();
    assertHolds(key("a"), content(NAMESPACE));
  }

  @Test
  void reopening_withAnotherIdentity_isRefusedNamingBoth() {
    open("typed", Map.of("codec", "kryo", "keymap", "raw")).close();
    for (Map<String, String> other :
        List.of(
            Map.of("codec", "java", "keymap", "raw"),
            Map.of("codec", "kryo"),
            Map.<String, String>of())) {
      ArchiveException refused =
          assertThrows(ArchiveException.class, () -> open("typed", other), other.toString());
      assertTrue(refused.getMessage().contains("typed"), refused.getMessage());
      assertTrue(refused.getMessage().contains("codec=kryo"), refused.getMessage());
      other.forEach(
          (name, value) ->
              assertTrue(refused.getMessage().contains(name + "=" + value), refused.getMessage()));
    }
    open("typed", Map.of("keymap", "raw", "codec", "kryo")).close();
  }

  @Test
  void destroy_removesTheNamespace_andItCanBeMadeAnew() {
    store.put(key("a"), content("one"));
    Store neighbour = open("neighbour");
    neighbour.put(key("a"), content("two"));
    store.destroy();
    assertThrows(IllegalStateException.class, () -> store.get(key("a")));
    store = open(NAMESPACE, Map.of("codec", "another"));
    assertNull(store.get(key("a")));
    assertEquals(0, store.size());
    assertEquals(content("two"), neighbour.get(key("a")).content());
  }

  @Test
  void destroy_byAnotherUser_isNoticed() {
    Store other = open(NAMESPACE);
    store.put(key("a"), content("one"));
    other.destroy();
    assertThrows(ArchiveException.class, () -> store.get(key("a")));
    assertThrows(ArchiveException.class, () -> store.put(key("a"), content("two")));
    assertFalse(open(NAMESPACE).contains(key("a")));
  }
}
