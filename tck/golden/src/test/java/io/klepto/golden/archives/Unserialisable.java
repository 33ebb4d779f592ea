package io.klepto.golden.archives;

/** Stands for an object that no archive can write. */
final class Unserialisable {
  /** Holds what stands for a resource of this JVM, and of no other. */
  final Thread thread = new Thread("never started");
}
