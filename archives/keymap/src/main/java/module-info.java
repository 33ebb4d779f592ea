/** Keys: canonical bytes, and keymaps for the arguments of calls. */
@SuppressWarnings("module") // klepto-archive and klepto-jcache are built later
module io.klepto.keymap {
  requires static org.objectweb.asm; // versions of code
  requires static org.objectweb.asm.tree; // versions of code

  exports io.klepto.keymap;
  exports io.klepto.keymap.code;
  exports io.klepto.keymap.access to
      io.klepto.archive,
      io.klepto.jcache;
}
