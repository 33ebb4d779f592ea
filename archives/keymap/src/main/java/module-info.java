/** Keys: canonical bytes, and keymaps for the arguments of calls. */
module io.klepto.keymap {
  exports io.klepto.keymap;
}
