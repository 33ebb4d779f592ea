/** The application as a module; it opens the package of its values to those who copy and store. */
module com.example.shop {
  requires io.klepto.jcache;

  opens com.example.shop to io.klepto.jcache, io.klepto.archive;
}
