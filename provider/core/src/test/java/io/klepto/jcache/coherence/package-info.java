/** Several caches, in one process or in many, over one archive. */
package io.klepto.jcache.coherence;
