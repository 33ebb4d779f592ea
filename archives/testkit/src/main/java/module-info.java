/** The contracts that every store and every archive passes by supplying a factory. */
module io.klepto.archive.testkit {
  requires transitive io.klepto.archive;
  requires transitive org.junit.jupiter.api;

  exports io.klepto.archive.testkit;

  opens io.klepto.archive.testkit;

  uses io.klepto.archive.store.StoreProvider;
}
