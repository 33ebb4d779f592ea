package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.ClassResolver;
import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.IdentityObjectIntMap;
import io.klepto.archive.ArchiveException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The classes of one object graph: Kryo's class resolver, with a table in front of the objects.
 *
 * <pre>
 * table   = count, count × class (see {@link StreamClass})
 * number  = 0 null | 1 … 127 a class of {@link WellKnown} | 128 + its place in the table
 * </pre>
 *
 * <p>A class of the table is looked up when the first object of it is read, not before.
 *
 * <p>Not thread-safe; one for each graph.
 */
@SuppressWarnings("rawtypes") // as Kryo declares it
final class ClassTable implements ClassResolver {
  private static final int FIRST = 128;

  /** The longest table that is kept for the next record. */
  private static final int KEPT_BYTES = 1 << 16;

  private static final byte[] NONE = {};

  private final Shapes shapes;
  private final IdentityObjectIntMap<Class<?>> places = new IdentityObjectIntMap<>();
  private final List<Shapes.Written> written = new ArrayList<>();

  /** The last table that was read, since most values of a cache have the same. */
  private byte[] lastDescription = NONE;

  private StreamClass[] described = {};
  private Registration[] registrations = {};
  private boolean allFound = true;

  ClassTable(Shapes shapes) {
    this.shapes = shapes;
  }

  @Override
  public Registration writeClass(Output output, Class type) {
    if (type == null) {
      output.writeVarInt(0, true);
      return null;
    }
    Registration registration = WellKnown.of(type);
    if (registration != null) {
      output.writeVarInt(registration.getId(), true);
      return registration;
    }
    Class<?> named = ClassNames.named(type);
    int place = places.get(named, -1);
    if (place < 0) {
      place = written.size();
      written.add(shapes.toWrite(named));
      places.put(named, place);
    }
    output.writeVarInt(FIRST + place, true);
    return written.get(place).registration();
  }

  /** Returns the table for the classes that were written. */
  byte[] description() {
    Output table = new Output(64, -1);
    table.writeVarInt(written.size(), true);
    for (Shapes.Written one : written) {
      one.description().write(table);
    }
    return table.toBytes();
  }

  void readDescription(Input input, Claims claims) {
    int length = claims.claim(input, input.readVarInt(true), 1);
    int start = input.position();
    int end = start + length;
    byte[] bytes = input.getBuffer();
    if (allFound && Arrays.equals(bytes, start, end, lastDescription, 0, lastDescription.length)) {
      input.setPosition(end);
      return;
    }
    lastDescription = Arrays.copyOfRange(bytes, start, end);
    allFound = true;
    Input table = new Input(lastDescription);
    Claims own = new Claims(length);
    described = new StreamClass[own.claim(table, table.readVarInt(true), StreamClass.MIN_BYTES)];
    registrations = new Registration[described.length];
    for (int i = 0; i < described.length; i++) {
      described[i] = StreamClass.read(table, own);
    }
    if (table.position() != table.limit()) {
      throw new ArchiveException(
          "the record is damaged: its class table has "
              + length
              + " bytes, and ends at byte "
              + table.position());
    }
    input.setPosition(end);
  }

  @Override
  public Registration readClass(Input input) {
    int number = input.readVarInt(true);
    if (number == 0) {
      return null;
    }
    if (number > 0 && number < FIRST) {
      return WellKnown.of(number);
    }
    int place = number - FIRST;
    if (number < 0 || place >= described.length) {
      throw new ArchiveException(
          "the record is damaged: it names class "
              + place
              + " of a table of "
              + described.length
              + " classes");
    }
    if (registrations[place] == null) {
      registrations[place] = shapes.toRead(described[place]);
      allFound &= !(registrations[place].getSerializer() instanceof MissingSerializer);
    }
    return registrations[place];
  }

  @Override
  public void reset() {
    places.clear(FIRST);
    written.clear();
    if (lastDescription.length > KEPT_BYTES) {
      lastDescription = NONE;
      described = new StreamClass[0];
      registrations = new Registration[0];
    }
  }

  // What Kryo registers by itself is not used: the table and WellKnown hold every serializer.

  @Override
  public void setKryo(Kryo kryo) {}

  @Override
  public Registration register(Registration registration) {
    return registration;
  }

  @Override
  public Registration unregister(int id) {
    return null;
  }

  @Override
  public Registration registerImplicit(Class type) {
    throw new IllegalStateException("not registered: " + type);
  }

  @Override
  public Registration getRegistration(Class type) {
    return null;
  }

  @Override
  public Registration getRegistration(int id) {
    return null;
  }
}
