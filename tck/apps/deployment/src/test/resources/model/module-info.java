/** A computation as a module; it has no ASM. */
module com.example.model {
  requires io.klepto.jcache;
}
