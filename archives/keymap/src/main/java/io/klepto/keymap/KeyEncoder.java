package io.klepto.keymap;

/**
 * The rule by which keys of one type become canonical bytes: it says which parts make the key what
 * it is.
 *
 * <p>Needed where the fields of a class are not its value: {@code equals} ignores some of them, a
 * hash is kept in a field that is not transient, a transient field is part of it, the class belongs
 * to the JDK or to a module that is closed to reflection. Two keys of the type are the same exactly
 * if their parts are.
 *
 * <pre>{@code
 * CanonicalEncoder.builder()
 *     .register(Money.class, money -> List.of(money.currency(), money.minorUnits()))
 *     .build();
 * }</pre>
 *
 * <p>The rule is part of what an archive persists: change it, and the old entries are not found.
 * Safe for use by many threads.
 *
 * @param <T> the type of the keys
 */
@FunctionalInterface
public interface KeyEncoder<T> {
  /**
   * Returns the parts that make the key what it is, as any one object that has canonical bytes: a
   * string, a number, a list of several parts, a map, a record.
   *
   * <p>If the parts are themselves of the type for which the rule is registered, they are written
   * as if it were not, so {@code name -> name.strip()} is a rule for strings; deeper in the parts
   * it applies again.
   *
   * @param key the key, not null
   * @return the parts, not null; what is null among them is encoded as such
   */
  Object parts(T key);
}
