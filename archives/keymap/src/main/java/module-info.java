/** Keys: canonical bytes, and keymaps for the arguments of calls. */
module io.klepto.keymap {
  requires static org.objectweb.asm; // versions of code
  requires static org.objectweb.asm.tree; // versions of code

  exports io.klepto.keymap;
  exports io.klepto.keymap.code;
}
