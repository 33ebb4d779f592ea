/** Keys: canonical bytes, equal for equal keys in every JVM, run and locale. */
module io.klepto.keymap {
  exports io.klepto.keymap;
}
