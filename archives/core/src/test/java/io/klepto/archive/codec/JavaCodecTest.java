package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.codec.SampleClasses.Node;
import io.klepto.archive.codec.SampleClasses.Plain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JavaCodecTest extends ObjectCodecContract {
  @Override
  Codec codec() {
    return Codecs.named("java", options(JavaCodecTest.class, "java.lang.Character$UnicodeScript"));
  }

  @Override
  Map<String, Object> samples() {
    Map<String, Object> samples = Samples.objects();
    samples.remove("sub list"); // as Java has it: not serialisable
    return samples;
  }

  private ArchiveException refusal(byte[] bytes) {
    return assertThrows(
        ArchiveException.class, () -> codec().decode(codec().version(), bytes, 0, bytes.length));
  }

  private static byte[] serialize(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @Test
  void encode_classNotSerializable_namesIt() {
    ArchiveException e =
        assertThrows(
            ArchiveException.class,
            () -> codec().encode(new ArrayList<>(List.of(new Plain(1, Optional.empty())))));
    assertTrue(
        e.getMessage().contains(Plain.class.getName()) && e.getMessage().contains("Serializable"),
        e.getMessage());
  }

  @Test
  void encode_cycleThatHashesWhatIsIncomplete_isRefused() {
    Node a = new Node("a");
    Node b = new Node("b");
    a.distances.put(b, 1);
    b.distances.put(a, 2);
    assertThrows(ArchiveException.class, () -> codec().encode(a));
  }

  @Test
  void decode_arrayThatClaimsTooMuch_isRefusedBeforeItIsMade() throws IOException {
    byte[] bytes = serialize(new long[0]);
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, Integer.MAX_VALUE - 8);
    assertTrue(refusal(bytes).getMessage().contains("array elements"));
  }

  /** The JDK answers such bytes by an InternalError. */
  @Test
  void decode_immutableMapOfAnOddNumberOfParts_isRefused() throws IOException {
    byte[] bytes = serialize(List.of(1, 2, 3));
    byte[] listOfThree = {0, 0, 0, 1, 0x77, 4, 0, 0, 0, 3};
    int at = indexOf(bytes, listOfThree);
    bytes[at + 3] = 3; // the tag of a map
    assertTrue(refusal(bytes).getMessage().contains("length is odd"));
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }

  @Test
  void decode_mapThatClaimsTooMuch_isRefusedBeforeItIsMade() throws IOException {
    byte[] bytes = serialize(new HashMap<>());
    // The last block of data is capacity and size, four bytes each, then its end.
    ByteBuffer.wrap(bytes).putInt(bytes.length - 1 - Integer.BYTES, 1 << 29);
    assertTrue(refusal(bytes).getMessage().contains("array elements"));
  }

  @Test
  void decode_setWhoseHashNeverEnds_isRefusedInTime() throws IOException {
    List<Object> shared = new ArrayList<>(List.of("x"));
    for (int i = 0; i < 60; i++) {
      shared = new ArrayList<>(List.of(shared, shared));
    }
    HashSet<Object> set = new HashSet<>();
    ArrayList<Object> root = new ArrayList<>(List.of(shared, set));
    ArchiveException e = refusal(serialize(root));
    assertTrue(e.getMessage().contains("out of proportion"), e.getMessage());
  }

  @Test
  void decode_sharedListsWithoutKeys_areRead() {
    List<Object> shared = new ArrayList<>(List.of("x"));
    for (int i = 0; i < 60; i++) {
      shared = new ArrayList<>(List.of(shared, shared));
    }
    assertEquals(2, ((List<?>) roundTrip(codec(), shared)).size());
  }
}
