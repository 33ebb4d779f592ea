/**
 * Versions of code: a digest of what a function does, so that results of changed code are not taken
 * for results of the new. Start with {@link io.klepto.keymap.code.CodeVersions}.
 */
package io.klepto.keymap.code;
