package io.klepto.archive.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One namespace of an archive: its definition and the index of its keys.
 *
 * <p>Guarded by the lock of its {@link LogState}, but for what {@link HashIndex#get} allows.
 */
final class Namespace {
  private final int number;
  private final HashIndex index = new HashIndex();
  private Definition definition;
  private long liveBytes;
  private volatile boolean destroyed;

  Namespace(int number) {
    this.number = number;
  }

  /**
   * What a namespace is called, and what must be the same each time it is opened.
   *
   * @param name the name in clear, any UTF-16 code units
   * @param identity names and values
   */
  record Definition(String name, Map<String, String> identity) {
    private static final int PADDED = -1;
    private static final int PADDING_BYTES = 4096;

    /**
     * Returns the bodies of the records that define a namespace, all of which say the same. The one
     * in the middle is longer than a page, so that no lost page takes both of the others.
     */
    List<RecordBody> copies() {
      byte[] plain = encode();
      ByteBuffer padded = ByteBuffer.allocate(plain.length + Integer.BYTES + PADDING_BYTES);
      padded.put(plain).putInt(PADDED);
      return List.of(RecordBody.of(plain), RecordBody.of(padded.array()), RecordBody.of(plain));
    }

    /** Returns name and identity, in the order of the names, as counted UTF-16 code units. */
    byte[] encode() {
      List<String> words = new ArrayList<>();
      words.add(name);
      new TreeMap<>(identity)
          .forEach(
              (key, value) -> {
                words.add(key);
                words.add(value);
              });
      int bytes = 0;
      for (String word : words) {
        bytes += Integer.BYTES + Character.BYTES * word.length();
      }
      ByteBuffer out = ByteBuffer.allocate(bytes);
      for (String word : words) {
        out.putInt(word.length());
        for (int i = 0; i < word.length(); i++) {
          out.putChar(word.charAt(i));
        }
      }
      return out.array();
    }

    /** Returns the definition in bytes whose checksum is right, or null if there is none. */
    static Definition decode(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      List<String> words = new ArrayList<>();
      while (in.remaining() >= Integer.BYTES) {
        int length = in.getInt();
        if (length == PADDED) {
          in.position(in.limit());
          break;
        }
        if (length < 0 || length > in.remaining() / Character.BYTES) {
          return null;
        }
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
          word.append(in.getChar());
        }
        words.add(word.toString());
      }
      if (in.hasRemaining() || words.size() % 2 == 0) {
        return null;
      }
      Map<String, String> identity = new TreeMap<>();
      for (int i = 1; i < words.size(); i += 2) {
        identity.put(words.get(i), words.get(i + 1));
      }
      return new Definition(words.get(0), Map.copyOf(identity));
    }
  }

  int number() {
    return number;
  }

  HashIndex index() {
    return index;
  }

  /** Returns what it is called, or null if the record that says so is damaged. */
  Definition definition() {
    return definition;
  }

  void define(Definition found) {
    definition = found;
  }

  boolean isDestroyed() {
    return destroyed;
  }

  /** Returns what the newest records of its keys take in the file, roughly. */
  long liveBytes() {
    return liveBytes;
  }

  void put(KeyHash hash, long position) {
    long old = index.put(hash, position);
    liveBytes += Position.bytesOf(position) - Position.bytesOf(old);
  }

  void remove(KeyHash hash) {
    liveBytes -= Position.bytesOf(index.remove(hash));
  }

  void clear() {
    index.clear();
    liveBytes = 0;
  }

  void destroy() {
    clear();
    destroyed = true;
  }
}
