import io.klepto.cdi.CacheExtension;
import jakarta.enterprise.inject.spi.Extension;

/** The JCache annotations on beans of a CDI 4 container. */
module io.klepto.cdi {
  requires transitive io.klepto.jcache;
  requires transitive jakarta.cdi;

  exports io.klepto.cdi;

  opens io.klepto.cdi; // containers make and call interceptors by reflection

  provides Extension with
      CacheExtension;
}
