package io.klepto.jcache.coherence;

/**
 * A value in the memory of a coherent cache, and the stamp under which it was read or written.
 * Together in one object, so that who reads without a lock never sees the one without the other.
 */
final class Stamped {
  final Object value;
  final StampWatch watchOrNull;
  final int stripe;
  final long number;

  Stamped(Object value, Stamp stamp) {
    this.value = value;
    this.watchOrNull = stamp.watchOrNull;
    this.stripe = stamp.stripe;
    this.number = stamp.number;
  }
}
