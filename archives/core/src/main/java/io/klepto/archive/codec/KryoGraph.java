package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Kryo at work on one object graph at a time: the state that its serializers share.
 *
 * <p>A record is the length of the class table, the table (see {@link ClassTable}), and the object.
 * An object is the number of its class, its reference number where its class has them, and what the
 * serializer of its class writes. Since the table describes every class, a record can be read past
 * objects of classes that are gone.
 *
 * <p>Not thread-safe. An instance whose last read or write failed must not be used again.
 */
final class KryoGraph extends Kryo {
  private static final byte[] NO_BYTES = {};
  private static final int START_BYTES = 512;
  private static final int KEPT_BYTES = 1 << 16;

  private final ClassTable table;
  private final GraphReferences references;
  private final JavaStreams streams;
  private final ClassNames names;
  private final Output output = new Output(START_BYTES, -1);
  private final Input input = new Input(NO_BYTES);
  private final List<Runnable> refills = new ArrayList<>();
  private HashWork hashWork = new HashWork();
  private Claims claims = new Claims(0);
  private int length;
  private int maxLevels;
  private int discarding;

  KryoGraph(Shapes shapes, ClassNames names, JavaStreams streams) {
    this(new ClassTable(shapes), new GraphReferences(), names, streams);
  }

  private KryoGraph(
      ClassTable table, GraphReferences references, ClassNames names, JavaStreams streams) {
    super(table, references);
    this.table = table;
    this.references = references;
    this.names = names;
    this.streams = streams;
    setAutoReset(false);
  }

  byte[] encode(Object value, int maxLevels) {
    this.maxLevels = maxLevels;
    hashWork = new HashWork();
    writeValue(output, value);
    byte[] header = table.description();
    Output head = new Output(header.length + 5);
    head.writeVarInt(header.length, true);
    head.writeBytes(header);
    byte[] bytes =
        Arrays.copyOf(head.getBuffer(), Math.addExact(head.position(), output.position()));
    System.arraycopy(output.getBuffer(), 0, bytes, head.position(), output.position());
    reset();
    if (output.getBuffer().length > KEPT_BYTES) {
      output.setBuffer(new byte[START_BYTES], -1);
    }
    output.setPosition(0);
    return bytes;
  }

  Object decode(byte[] bytes, int offset, int length, int maxLevels) {
    this.maxLevels = maxLevels;
    this.length = length;
    claims = new Claims(length);
    hashWork = new HashWork();
    input.setBuffer(bytes, offset, length);
    table.readDescription(input, claims);
    Object value = readValue(input);
    if (value == null || input.position() != input.limit()) {
      throw new ArchiveException(
          "the record is damaged: expected one object of "
              + length
              + " bytes, found "
              + (value == null ? "null" : "its end at byte " + (input.position() - offset)));
    }
    if (references.isCyclic()) {
      refills.forEach(Runnable::run);
    }
    refills.clear();
    input.setBuffer(NO_BYTES);
    reset();
    return value;
  }

  void writeValue(Output output, Object value) {
    checkLevel();
    writeClassAndObject(output, value);
  }

  /**
   * Reads an object or null.
   *
   * @return a {@link Missing} instead, if the object is being discarded anyway and can't be read
   */
  Object readValue(Input input) {
    checkLevel();
    Object value = readClassAndObject(input);
    return value instanceof Missing missing && discarding == 0 ? missing(missing.reason()) : value;
  }

  private void checkLevel() {
    if (getDepth() >= maxLevels) {
      throw new NestedTooDeepException(maxLevels);
    }
  }

  /** Reads past an object or null that nothing needs. */
  void discardValue(Input input) {
    discarding++;
    readValue(input);
    discarding--;
  }

  /** Returns the stand-in for an object that can't be read, or throws if the object is needed. */
  Missing missing(ArchiveException reason) {
    if (discarding == 0) {
      throw reason;
    }
    return new Missing(reason);
  }

  /** Returns whether what is being read is dropped with the field that held it. */
  boolean isDiscarding() {
    return discarding > 0;
  }

  /** Charges the hashing of a key that was written. */
  void chargeWritten(Object key) {
    if (!hashWork.charge(key, output.position())) {
      throw hashing(key, output.position());
    }
  }

  /** Charges the hashing of a key, before it is hashed. */
  void chargeRead(Object key) {
    if (!hashWork.charge(key, length)) {
      throw hashing(key, length);
    }
  }

  private static ArchiveException hashing(Object key, int bytes) {
    return new ArchiveException(
        "hashing keys such as "
            + key.getClass().getName()
            + " would cost out of proportion to the record of "
            + bytes
            + " bytes: they hold the same objects many times over, or themselves");
  }

  /** Notes what to do at the end if keys may have found their places before they were complete. */
  void atEndOfCycles(Runnable refill) {
    refills.add(refill);
  }

  int claim(Input input, int count, int bytesEach) {
    return claims.claim(input, count, bytesEach);
  }

  void writeText(Output output, String text) {
    Text.write(output, text);
  }

  String readText(Input input) {
    return Text.read(input, claims);
  }

  GraphReferences references() {
    return references;
  }

  ClassNames names() {
    return names;
  }

  JavaStreams streams() {
    return streams;
  }

  int maxLevels() {
    return maxLevels;
  }
}
