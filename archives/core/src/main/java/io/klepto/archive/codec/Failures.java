package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.util.function.Supplier;

/**
 * How codecs fail: whatever the code of a decoded class throws becomes an {@link ArchiveException}
 * with its cause. What tells of the machine itself ({@link VirtualMachineError}) passes.
 */
final class Failures {
  private static final int SHOWN_CHARS = 40;

  private Failures() {}

  /** Returns the beginning of a text, for messages. */
  static String shown(String text) {
    return text.length() <= SHOWN_CHARS
        ? "\"" + text + "\""
        : "\"" + text.substring(0, SHOWN_CHARS) + "…\" of " + text.length() + " chars";
  }

  static <T> T encoding(Codec codec, Object value, Supplier<T> work) {
    String what = "codec " + codec.name() + " can't encode class " + value.getClass().getName();
    return run(what, work);
  }

  static <T> T decoding(Codec codec, int length, Supplier<T> work) {
    return run("codec " + codec.name() + " can't decode " + length + " bytes", work);
  }

  private static <T> T run(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (ArchiveException e) {
      throw e;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new ArchiveException(what + ": " + e, e);
    }
  }
}
