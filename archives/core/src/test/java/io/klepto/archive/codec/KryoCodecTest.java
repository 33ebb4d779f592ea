package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.codec.SampleClasses.Node;
import io.klepto.archive.codec.SampleClasses.Plain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class KryoCodecTest extends ObjectCodecContract {
  private static final int LARGEST_WELL_KNOWN = 127;
  private static final int CLAIM = 500_000_000;

  @Override
  Codec codec() {
    return Codecs.named("kryo", options(KryoCodecTest.class, "java.lang.Character$UnicodeScript"));
  }

  @Override
  Map<String, Object> samples() {
    Map<String, Object> samples = Samples.objects();
    samples.putAll(Samples.notSerializable());
    return samples;
  }

  @Test
  void smallValues_takeFewBytes() {
    assertEquals(7, codec().encode("abc").length, "table 2, class 1, length 1, letters 3");
    assertTrue(codec().encode(List.of(1, 2, 3)).length <= 11);
  }

  @Test
  void cycleThroughHashedKeys_findsThemAgain() {
    Node a = new Node("a");
    Node b = new Node("b");
    a.next = b;
    b.next = a;
    a.neighbours.addAll(List.of(a, b));
    b.neighbours.addAll(List.of(a, b));
    a.distances.put(b, 1);
    b.distances.put(a, 2);
    Node decoded = (Node) roundTrip(codec(), a);
    assertEquals(Set.of(a, b), decoded.neighbours);
    assertTrue(decoded.neighbours.contains(decoded));
    assertTrue(decoded.next.neighbours.contains(decoded));
    assertEquals(1, decoded.distances.get(decoded.next));
    assertEquals(2, decoded.next.distances.get(decoded));
    assertSame(decoded, decoded.next.next);
  }

  @Test
  void encode_recordThatHoldsItself_isRefusedByName() {
    List<Object> list = new ArrayList<>();
    Plain plain = new Plain(list, Optional.empty());
    list.add(plain);
    ArchiveException e = assertThrows(ArchiveException.class, () -> codec().encode(plain));
    assertTrue(e.getMessage().contains(Plain.class.getName() + " holds itself"), e.getMessage());
  }

  @Test
  void encode_immutableListThatHoldsItself_isRefused() {
    List<Object> inner = new ArrayList<>();
    List<Object> outer = List.of(inner);
    inner.add(outer);
    assertThrows(ArchiveException.class, () -> codec().encode(outer));
    assertEquals(outer.size(), ((List<?>) ((List<?>) roundTrip(codec(), inner)).get(0)).size());
  }

  @Test
  void encode_unarchivablePart_namesItsField() {
    ArchiveException e =
        assertThrows(
            ArchiveException.class,
            () -> codec().encode(List.of(new Plain(new Thread(), Optional.empty()))));
    assertTrue(e.getMessage().contains("class java.lang.Thread can't be archived"), e.getMessage());
    assertTrue(
        e.getMessage().contains("held by field content of " + Plain.class.getName()),
        e.getMessage());
  }

  @Test
  void encode_viewOfAMap_isRefusedByName() {
    ArchiveException e =
        assertThrows(
            ArchiveException.class, () -> codec().encode(new HashMap<>(Map.of(1, 2)).values()));
    assertTrue(e.getMessage().contains("java.util.HashMap$Values"), e.getMessage());
  }

  @Test
  void encode_treeSetOrderedByLambda_isRefused() {
    TreeSet<String> set = new TreeSet<>((a, b) -> b.compareTo(a));
    ArchiveException e = assertThrows(ArchiveException.class, () -> codec().encode(set));
    assertTrue(e.getMessage().contains("lambdas"), e.getMessage());
  }

  @Test
  void decode_claimBeyondTheBytes_isRefusedBeforeAnythingIsMade() {
    for (int number = 1; number <= LARGEST_WELL_KNOWN; number++) {
      for (int shift = 0; shift < 3; shift++) {
        Output output = new Output(64);
        output.writeVarInt(1, true);
        output.writeVarInt(0, true);
        output.writeVarInt(number, true);
        output.writeBytes(new byte[] {1, 0, 0}, 0, shift);
        output.writeVarInt(CLAIM, true);
        output.writeBytes(new byte[20]);
        refuseOrDecodeSmall(output.toBytes());
      }
    }
  }

  /** Decodes what may be a small value by accident; what claims too much must not be made. */
  private void refuseOrDecodeSmall(byte[] bytes) {
    Codec codec = codec();
    try {
      Object value = codec.decode(codec.version(), bytes, 0, bytes.length);
      assertTrue(codec.encode(value).length < 100, () -> "made " + value.getClass());
    } catch (ArchiveException e) {
      assertTrue(e.getMessage().length() > 10, e.getMessage());
    }
  }

  @Test
  void decode_nestedClaims_areRefusedInTotal() {
    Output output = new Output(1 << 20, -1);
    output.writeVarInt(1, true);
    output.writeVarInt(0, true);
    int array = WellKnown.of(Object[].class).getId();
    for (int i = 0; i < 5_000; i++) {
      output.writeVarInt(array, true);
      output.writeVarInt(1, true);
      output.writeVarInt(900_000, true);
    }
    output.writeBytes(new byte[1 << 20]);
    byte[] bytes = output.toBytes();
    Codec codec = codec();
    ArchiveException e =
        assertThrows(
            ArchiveException.class, () -> codec.decode(codec.version(), bytes, 0, bytes.length));
    assertTrue(e.getMessage().contains("claims 900000 elements"), e.getMessage());
  }

  @Test
  void decode_setWhoseHashNeverEnds_isRefusedInTime() {
    Codec codec = codec();
    List<Object> shared = new ArrayList<>(List.of("x"));
    for (int i = 0; i < 60; i++) {
      shared = new ArrayList<>(List.of(shared, shared));
    }
    byte[] bytes = codec.encode(new ArrayList<>(List.of(shared)));
    int list = WellKnown.of(ArrayList.class).getId();
    assertEquals(list, bytes[2], "the first class of the body");
    bytes[2] = (byte) WellKnown.of(HashSet.class).getId();
    ArchiveException e =
        assertThrows(
            ArchiveException.class, () -> codec.decode(codec.version(), bytes, 0, bytes.length));
    assertTrue(e.getMessage().contains("out of proportion"), e.getMessage());
  }

  /** A key that is cheap to hash until the cycle through it is closed. */
  @Test
  void decode_keyWhoseHashNeverEndsOnceItIsComplete_isRefusedInTime() {
    List<Object> shared = new ArrayList<>(List.of("x"));
    for (int i = 0; i < 60; i++) {
      shared = new ArrayList<>(List.of(shared, shared));
    }
    AtomicReference<Object> reference = new AtomicReference<>();
    List<Object> key = new ArrayList<>(List.of(reference, shared));
    reference.set(new ArrayList<>(List.of(key)));
    byte[] bytes = codec().encode(key);
    byte list = (byte) WellKnown.of(ArrayList.class).getId();
    byte set = (byte) WellKnown.of(HashSet.class).getId();
    int refused = 0;
    for (int i = 2; i < 40; i++) {
      if (bytes[i] == list) {
        byte[] hostile = bytes.clone();
        hostile[i] = set;
        refused +=
            assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> isRefused(codec(), hostile) ? 1 : 0);
      }
    }
    assertTrue(refused > 1, "refused " + refused);
  }

  private static boolean isRefused(Codec codec, byte[] bytes) {
    try {
      assertNotNull(codec.decode(codec.version(), bytes, 0, bytes.length));
      return false;
    } catch (ArchiveException e) {
      return true;
    }
  }

  @Test
  void patternThatTakesLongToCompile_isRefusedBothWays() {
    String marks = "\u0300\u0316\u0327\u0334\u0345\u031B\u0321\u05B0\u05B1\u05B2";
    byte[] bytes = codec().encode(Pattern.compile("a" + marks));
    byte[] hostile = Arrays.copyOf(bytes, bytes.length + 1);
    assertEquals(0, bytes[bytes.length - 1], "the flags");
    hostile[bytes.length - 1] = (byte) (Pattern.CANON_EQ | 0x80);
    hostile[bytes.length] = 1;
    ArchiveException e =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () ->
                assertThrows(
                    ArchiveException.class, () -> codec().decode(1, hostile, 0, hostile.length)));
    assertTrue(e.getMessage().contains("CANON_EQ"), e.getMessage());
    Pattern few = Pattern.compile("a\u0300\u0316", Pattern.CANON_EQ);
    assertEquals(few.flags(), ((Pattern) roundTrip(codec(), few)).flags());
  }

  @Test
  void kryo_inAFreshJvm_printsNoWarning() throws Exception {
    assertEquals(List.of("encoded"), OtherJvm.run(List.of(), EncodeOnce.class, List.of()));
  }
}
