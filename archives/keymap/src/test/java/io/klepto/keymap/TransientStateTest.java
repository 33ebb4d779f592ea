package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.junit.jupiter.api.Test;

/**
 * Transient fields are no part of canonical bytes, so what may be part of the value must not be
 * transient: keys that differ in nothing else would share an entry.
 */
final class TransientStateTest {
  private static final CanonicalEncoder ENCODER = CanonicalEncoder.standard();

  /** Writes its state by itself. */
  static class Written implements Serializable {
    private static final long serialVersionUID = 1L;
    transient String text;

    Written(String text) {
      this.text = text;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.writeUTF(text);
    }

    private void readObject(ObjectInputStream in) throws IOException {
      text = in.readUTF();
    }
  }

  static final class Inheriting extends Written {
    private static final long serialVersionUID = 1L;
    final String more = "more";

    Inheriting(String text) {
      super(text);
    }
  }

  /** Writes as many elements as there are, as collections do. */
  static final class Sized implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int size;
    private transient int[] elements;

    Sized(int... elements) {
      this.size = elements.length;
      this.elements = elements;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      for (int each : elements) {
        out.writeInt(each);
      }
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      elements = new int[size];
      for (int i = 0; i < size; i++) {
        elements[i] = in.readInt();
      }
    }
  }

  /** Writes what it keeps, and keeps its text for the next time. */
  static final class Described implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int number;
    private transient String text;

    Described(int number) {
      this.number = number;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
    }

    @Override
    public String toString() {
      if (text == null) {
        text = "number " + number;
      }
      return text;
    }
  }

  static final class External implements Externalizable {
    private static final long serialVersionUID = 1L;
    private transient String text = "";

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeUTF(text);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      text = in.readUTF();
    }
  }

  static final class Replaced implements Serializable {
    private static final long serialVersionUID = 1L;
    final transient String text = "t";

    Object writeReplace() {
      return text;
    }
  }

  /** Says how its subclasses are written. */
  static class Replacing implements Serializable {
    private static final long serialVersionUID = 1L;
    final int kept = 1;

    protected Object writeReplace() {
      return this;
    }
  }

  static final class InheritingReplaced extends Replacing {
    private static final long serialVersionUID = 1L;
    final transient int[] elements;

    InheritingReplaced(int... elements) {
      this.elements = elements;
    }
  }

  /** Leaves its state to subclasses. */
  static class Open implements Serializable {
    private static final long serialVersionUID = 1L;
    final int kept = 1;
    final transient int[] elements;

    Open(int... elements) {
      this.elements = elements;
    }
  }

  static final class WritingInherited extends Open {
    private static final long serialVersionUID = 1L;

    WritingInherited(int... elements) {
      super(elements);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeObject(elements);
    }
  }

  static final class ReplacingInherited extends Open {
    private static final long serialVersionUID = 1L;

    ReplacingInherited(int... elements) {
      super(elements);
    }

    private Object writeReplace() {
      return elements;
    }
  }

  static final class Forgetful {
    final transient String text = "t";
  }

  /** Keeps its hash, which it computes anew when it is read. */
  static final class Hashed implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String text;
    private transient int hash;

    Hashed(String text) {
      this.text = text;
      this.hash = text.hashCode();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      hash = text.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Hashed that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static void assertRefused(Object key, String... parts) {
    KeyEncodingException e =
        assertThrows(KeyEncodingException.class, () -> ENCODER.encode(key), key::toString);
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e::getMessage);
    }
    assertTrue(e.getMessage().contains("register a KeyEncoder"), e::getMessage);
  }

  @Test
  void encode_transientFieldThatTheClassMayWriteItself_isRefusedByName() {
    assertRefused(new Written("a"), "Written", "transient field text", "writeObject");
    assertRefused(new Inheriting("a"), "Inheriting", "transient field text", "writeObject");
    assertRefused(new Sized(1, 2), "Sized", "transient field elements", "writeObject");
    assertRefused(new External(), "External", "transient field text", "writeExternal");
    assertRefused(new Replaced(), "Replaced", "transient field text", "writeReplace");
  }

  @Test
  void encode_transientFieldThatAnotherClassOfTheHierarchyMayWrite_isRefusedByName() {
    assertRefused(new InheritingReplaced(1), "transient field elements", "writeReplace");
    assertRefused(new WritingInherited(1), "transient field elements", "writeObject");
    assertRefused(new ReplacingInherited(1), "transient field elements", "writeReplace");
  }

  @Test
  void encode_transientFieldThatNobodyWrites_isNoPartOfTheKey() {
    assertEquals(ENCODER.encode(new Open(1)), ENCODER.encode(new Open(2)));
  }

  @Test
  void encode_nothingButTransientFields_isRefusedByName() {
    assertRefused(new Forgetful(), "Forgetful", "whatever text holds");
  }

  @Test
  void encode_transientHash_isNoPartOfTheKey() {
    assertEquals(ENCODER.encode(new Hashed("a")), ENCODER.encode(new Hashed("a")));
    assertNotEquals(ENCODER.encode(new Hashed("a")), ENCODER.encode(new Hashed("b")));
  }

  @Test
  void encode_transientTextBesideWhatIsWritten_isNoPartOfTheKey() {
    Described asked = new Described(1);
    assertEquals("number 1", asked.toString());

    assertEquals(ENCODER.encode(new Described(1)), ENCODER.encode(asked));
    assertNotEquals(ENCODER.encode(new Described(2)), ENCODER.encode(asked));
  }

  @Test
  void encode_withAnEncoderRegistered_goesByThat() {
    CanonicalEncoder encoder =
        CanonicalEncoder.builder().register(Written.class, written -> written.text).build();
    assertEquals(encoder.encode(new Written("a")), encoder.encode(new Written("a")));
    assertNotEquals(encoder.encode(new Written("a")), encoder.encode(new Written("b")));
  }
}
