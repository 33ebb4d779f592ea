package io.klepto.golden;

/**
 * What an operation answers that raises, by the name that the error has in the vectors.
 *
 * @param type the name of klepto's exception
 */
record Failed(String type) {
  static final Failed BOOM = new Failed("Boom");
  static final Failed KEY_ERROR = new Failed("KeyError");
  static final Failed VALUE_ERROR = new Failed("ValueError");
}
