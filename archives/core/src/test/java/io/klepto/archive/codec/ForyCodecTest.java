package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.codec.SampleClasses.Node;
import io.klepto.archive.codec.SampleClasses.Point;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.fory.Fory;
import org.junit.jupiter.api.Test;

final class ForyCodecTest extends CodecContract {
  /** What Fory can't bring back. */
  private static final Set<String> REFUSED =
      Set.of("Stream.toList with null", "Map.entry", "read-only buffer", "deep list");

  @Override
  Codec codec() {
    return Codecs.named("fory", options(ForyCodecTest.class, "java.lang.Character$UnicodeScript"));
  }

  private static Map<String, Object> all() {
    Map<String, Object> samples = Samples.objects();
    samples.putAll(Samples.notSerializable());
    return samples;
  }

  @Override
  Map<String, Object> samples() {
    Map<String, Object> samples = all();
    samples.keySet().removeAll(REFUSED);
    return samples;
  }

  /** Each failure costs an instance of Fory, and making one costs milliseconds. */
  @Override
  int rounds() {
    return 1;
  }

  @Override
  Object refused() {
    return new Thread();
  }

  private String refusalOf(Object value) {
    return assertThrows(ArchiveException.class, () -> codec().encode(value)).getMessage();
  }

  @Test
  void encode_whatForyCanNotReadBack_isRefused() {
    Map<String, Object> samples = all();
    for (String name : REFUSED) {
      assertThrows(ArchiveException.class, () -> codec().encode(samples.get(name)), name);
    }
    assertTrue(refusalOf(Arrays.asList(1, null).stream().toList()).contains("codec(\"kryo\")"));
  }

  @Test
  void encode_whatHoldsItself_isRefused() {
    Node node = new Node("n");
    node.next = node;
    assertTrue(refusalOf(node).contains("levels"));
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertTrue(refusalOf(list).contains("levels"));
  }

  @Test
  void sharedObject_comesBackAsSeveral() {
    List<Integer> shared = new ArrayList<>(List.of(1));
    Object value = new ArrayList<>(List.of(shared, shared));
    assertEquals(value, roundTrip(codec(), value));
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
  void lambdasAndProxies_areRefusedBothWays() {
    Supplier<String> plain = () -> "x";
    Supplier<String> lambda = (Supplier<String> & Serializable) () -> "y";
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Supplier.class},
            new SampleClasses.Answering("z"));
    Fory fory =
        Fory.builder()
            .withXlang(false)
            .withRefTracking(false)
            .withCompatible(true)
            .requireClassRegistration(false)
            .withTypeChecker((resolver, name) -> true)
            .withCodegen(false)
            .build();
    assertTrue(refusalOf(plain).length() > 10);
    for (Object value : List.of(lambda, proxy)) {
      assertTrue(refusalOf(value).matches(".*(lambda|Proxy).*"), () -> refusalOf(value));
      byte[] bytes = fory.serialize(value);
      ArchiveException e =
          assertThrows(ArchiveException.class, () -> codec().decode(1, bytes, 0, bytes.length));
      assertTrue(e.getMessage().contains("lasting name"), e.getMessage());
    }
  }

  @Test
  void classThatIsNotAllowed_isRefusedBothWaysByTheSetting() {
    Codec strict = Codecs.named("fory", options(Object.class));
    for (Object value : List.of(new Point(1, 2), new Point[][] {{new Point(1, 2)}})) {
      ArchiveException e = assertThrows(ArchiveException.class, () -> strict.encode(value));
      assertTrue(e.getMessage().contains("allow(\"" + Point.class.getName()), e.getMessage());
      byte[] bytes = codec().encode(value);
      e = assertThrows(ArchiveException.class, () -> strict.decode(1, bytes, 0, bytes.length));
      assertTrue(e.getMessage().contains("allow(\"" + Point.class.getName()), e.getMessage());
    }
  }
}
