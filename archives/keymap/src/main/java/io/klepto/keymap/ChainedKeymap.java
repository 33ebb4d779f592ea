package io.klepto.keymap;

/**
 * Two keymaps, one behind the other.
 *
 * <p>Source: klepto's {@code A + B}. Deviation: the first keymap sees the arguments as they are,
 * not flattened by the options of the last, and every link is kept however the chain was built.
 *
 * @param first gets the arguments
 * @param next gets the key that the first made
 */
record ChainedKeymap(Keymap first, Keymap next) implements Keymap {
  private static final long serialVersionUID = 1L;

  @Override
  public Object key(Arguments arguments) {
    return next.keyOfOne(first.key(arguments));
  }

  @Override
  public Object keyOfOne(Object argument) {
    return next.keyOfOne(first.keyOfOne(argument));
  }

  /** Returns the links in their order, as klepto writes them. */
  @Override
  public String name() {
    return first.name() + " + " + next.name();
  }

  @Override
  public String toString() {
    return name();
  }
}
