package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The rule that turns the arguments of a call into the key under which its result lives, in memory
 * and in an archive.
 *
 * <p>Equal arguments give equal keys, in every JVM, run and locale; different arguments different
 * ones (digests: as surely as the algorithm has no collisions). A key does not change when an
 * argument that it was made of does. It is immutable, serialisable, and has canonical bytes that
 * agree with its {@code equals}.
 *
 * <p>Source: klepto's {@code keymaps}. {@link Keymaps} has the standard ones. A keymap of one's own
 * keeps to this page, and is safe for use by many threads.
 */
@FunctionalInterface
public interface Keymap extends Serializable {
  /**
   * Returns the key of a call.
   *
   * @param arguments the arguments, not null
   * @return the key, not null
   * @throws KeyEncodingException if an argument has no canonical bytes
   */
  Object key(Arguments arguments);

  /**
   * Returns the key of a call with one argument, by position: what {@link #key} does, where a
   * keymap can do it with less.
   *
   * @param argument the argument, may be null
   */
  default Object keyOfOne(Object argument) {
    return key(Arguments.of(new Object[] {argument}));
  }

  /**
   * Returns the name that an archive keeps, so that it is never opened with another keymap: the
   * same in every JVM and run, and different for keymaps that make different keys.
   *
   * <p>The name of the class, unless overridden; of a lambda, that of the class it stands in, which
   * does not tell two lambdas apart. A keymap with options overrides this.
   */
  default String name() {
    String type = getClass().getName();
    int lambda = type.indexOf("$$Lambda");
    return lambda < 0 ? type : "a lambda in " + type.substring(0, lambda);
  }

  /**
   * Returns the chain of this keymap and another, which gets the key that this one makes as its
   * only argument. {@code a.then(b).then(c)} and {@code a.then(b.then(c))} are the same.
   */
  default Keymap then(Keymap next) {
    requireNonNull(next, "next");
    return new ChainedKeymap(this, next);
  }
}
