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
    final int number = 1;
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
    assertRefused(new External(), "External", "transient field text", "writeExternal");
    assertRefused(new Replaced(), "Replaced", "transient field text", "writeReplace");
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
  void encode_withAnEncoderRegistered_goesByThat() {
    CanonicalEncoder encoder =
        CanonicalEncoder.builder().register(Written.class, written -> written.text).build();
    assertEquals(encoder.encode(new Written("a")), encoder.encode(new Written("a")));
    assertNotEquals(encoder.encode(new Written("a")), encoder.encode(new Written("b")));
  }
}
