/** Keys: canonical bytes, and keymaps for the arguments of calls. */
module io.klepto.keymap {
  requires org.objectweb.asm;
  requires org.objectweb.asm.tree;

  exports io.klepto.keymap;
  exports io.klepto.keymap.code;
}
