/**
 * Keys as bytes: {@link io.klepto.keymap.CanonicalEncoder} turns a key into {@link
 * io.klepto.keymap.KeyBytes}, equal for equal keys in every JVM, run and locale. Start there.
 */
package io.klepto.keymap;
