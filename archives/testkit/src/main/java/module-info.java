/** The contracts that every store and every archive passes by supplying a factory. */
module io.klepto.archive.testkit {
  requires transitive io.klepto.archive;
  requires transitive org.junit.jupiter.api;
  requires com.google.common;
  requires com.google.common.testlib;
  requires junit;

  exports io.klepto.archive.testkit;
  exports io.klepto.archive.testkit.attack;
  exports io.klepto.archive.testkit.fault;

  opens io.klepto.archive.testkit;
  opens io.klepto.archive.testkit.attack;

  uses io.klepto.archive.store.StoreProvider;
}
