package io.klepto.archive.store;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * What is stored under a key: opaque bytes, the codec that wrote them, and their times.
 *
 * <p>The payload is not copied: whoever makes or receives a content leaves the array unchanged.
 *
 * @param codecId which codec wrote the payload, 0 to 255
 * @param codecVersion the version of that codec's format, 0 to 255
 * @param times creation, duration, deadline
 * @param payload the encoded key and value, of any length, not null
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below go by content
public record RecordContent(int codecId, int codecVersion, RecordTimes times, byte[] payload) {
  /** Checks the ranges. */
  public RecordContent {
    requireByte(codecId, "codecId");
    requireByte(codecVersion, "codecVersion");
    requireNonNull(times, "times");
    requireNonNull(payload, "payload");
  }

  /** Returns the same payload with other times. */
  public RecordContent withTimes(RecordTimes newTimes) {
    return new RecordContent(codecId, codecVersion, newTimes, payload);
  }

  private static void requireByte(int value, String name) {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException(name + ": expected 0 to 255, found " + value);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordContent that
        && codecId == that.codecId
        && codecVersion == that.codecVersion
        && times.equals(that.times)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * codecId + times.hashCode()) + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return "content of "
        + payload.length
        + " bytes, codec "
        + codecId
        + " version "
        + codecVersion
        + ", "
        + times;
  }
}
