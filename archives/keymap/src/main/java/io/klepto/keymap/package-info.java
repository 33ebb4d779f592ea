/**
 * Keys: {@link io.klepto.keymap.CanonicalEncoder} turns a key into {@link
 * io.klepto.keymap.KeyBytes}, equal for equal keys in every JVM, run and locale; a {@link
 * io.klepto.keymap.Keymap} turns the arguments of a call into a key; {@link
 * io.klepto.keymap.CallKeys} puts normal form, ignored arguments, rounding and keymap together for
 * one function. Start with the first for caches, with the last for functions.
 */
package io.klepto.keymap;
