package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.codec.SampleClasses.Node;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every codec for object graphs promises beyond {@link CodecContract}. */
abstract class ObjectCodecContract extends CodecContract {
  @Override
  Object refused() {
    return new Thread();
  }

  @Test
  void encode_somethingOfThisJvm_namesItsClass() throws Exception {
    try (Socket socket = new Socket()) {
      List<Object> resources =
          List.of(
              new ByteArrayInputStream(new byte[1]), ClassLoader.getSystemClassLoader(), socket);
      for (Object resource : resources) {
        ArchiveException e =
            assertThrows(
                ArchiveException.class, () -> codec().encode(new ArrayList<>(List.of(resource))));
        assertTrue(e.getMessage().contains(resource.getClass().getName()), e.getMessage());
      }
    }
  }

  @Test
  void encode_lambda_isRefused() {
    Supplier<String> plain = () -> "x";
    Supplier<String> serializable = (Supplier<String> & Serializable) () -> "y";
    assertThrows(ArchiveException.class, () -> codec().encode(plain));
    ArchiveException e = assertThrows(ArchiveException.class, () -> codec().encode(serializable));
    assertTrue(e.getMessage().contains("lambda"), e.getMessage());
  }

  @Test
  void encode_proxy_isRefused() {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Supplier.class}, (p, m, a) -> null);
    assertThrows(ArchiveException.class, () -> codec().encode(proxy));
  }

  @Test
  void transientField_isNotKept() {
    SampleClasses.Derived decoded =
        (SampleClasses.Derived) roundTrip(codec(), new SampleClasses.Derived("d"));
    assertNull(decoded.derived);
  }

  @Test
  void readResolve_givesTheOneInstance() {
    assertSame(SampleClasses.Single.INSTANCE, roundTrip(codec(), SampleClasses.Single.INSTANCE));
  }

  @Test
  void sharedObject_staysShared() {
    List<Integer> shared = new ArrayList<>(List.of(1));
    List<?> decoded = (List<?>) roundTrip(codec(), new ArrayList<>(List.of(shared, shared)));
    assertNotSame(shared, decoded.get(0));
    assertSame(decoded.get(0), decoded.get(1));
  }

  @Test
  void cyclicGraph_isRebuilt() {
    Node a = new Node("a");
    Node b = new Node("b");
    a.next = b;
    b.next = a;
    Node decoded = (Node) roundTrip(codec(), a);
    assertEquals("a", decoded.name);
    assertSame(decoded, decoded.next.next);
  }

  @Test
  void collectionThatHoldsItself_isRebuilt() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    List<?> decoded = (List<?>) roundTrip(codec(), list);
    assertSame(decoded, decoded.get(0));
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);
    Map<?, ?> decodedMap = (Map<?, ?>) roundTrip(codec(), map);
    assertSame(decodedMap, decodedMap.get("self"));
  }

  @Test
  void encode_deeperThanPossible_isRefused() {
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> codec().encode(Samples.deep(20_000)));
    assertTrue(e.getMessage().contains("10000 levels"), e.getMessage());
  }

  @Test
  void deepList_onASmallStack_isRead() throws Exception {
    Codec codec = codec();
    List<Object> decoded = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> decoded.add(roundTrip(codec, Samples.deep(2_000))),
            "small stack",
            160 << 10);
    thread.start();
    thread.join();
    assertFalse(decoded.isEmpty());
  }

  @Test
  void setsWhoseHashNeverEnds_areRefusedInTime() {
    Set<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    // Built from the outside in, so that no hash is taken of more than empty sets.
    List<Set<Object>> lefts = new ArrayList<>(List.of(left));
    List<Set<Object>> rights = new ArrayList<>(List.of(right));
    for (int i = 0; i < 60; i++) {
      lefts.add(new HashSet<>());
      rights.add(new HashSet<>(Set.of("x")));
    }
    for (int i = 0; i < 60; i++) {
      for (Set<Object> outer : List.of(lefts.get(i), rights.get(i))) {
        outer.add(lefts.get(i + 1));
        outer.add(rights.get(i + 1));
      }
    }
    ArchiveException e =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> assertThrows(ArchiveException.class, () -> codec().encode(root)));
    assertTrue(e.getMessage().contains("hashing"), e.getMessage());
  }

  @Test
  void decode_afterFailures_isNotAffected() {
    Codec codec = codec();
    Map<String, List<SampleClasses.Point>> value =
        new HashMap<>(Map.of("a", List.of(new SampleClasses.Point(1, 2))));
    byte[] bytes = codec.encode(value);
    for (int cut = 0; cut < bytes.length; cut++) {
      int length = cut;
      assertThrows(ArchiveException.class, () -> codec.decode(codec.version(), bytes, 0, length));
      assertEquals(value, codec.decode(codec.version(), bytes, 0, bytes.length));
      assertThrows(ArchiveException.class, () -> codec.encode(List.of(value, new Thread())));
    }
    assertEquals(value, roundTrip(codec, value));
  }
}
