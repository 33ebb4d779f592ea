/** Caches whose keys are transformed by a keymap or rounded. */
package io.klepto.jcache.keyed;
