/**
 * Replay of autocache's versions of code, {@code autocache.json}, with Java functions in place of
 * Python's.
 */
package io.klepto.golden.code;
