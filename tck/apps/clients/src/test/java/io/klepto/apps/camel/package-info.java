/** Apache Camel's {@code jcache} component and repositories on our caches. */
package io.klepto.apps.camel;
