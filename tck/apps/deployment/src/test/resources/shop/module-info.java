/** The application as a module. */
module com.example.shop {
  requires io.klepto.jcache;

  exports com.example.shop;
}
