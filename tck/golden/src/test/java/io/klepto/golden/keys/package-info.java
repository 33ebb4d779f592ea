/**
 * Replays of klepto's keys: {@code keymaps.json}, {@code rounding.json}, {@code keygen.json} and
 * {@code ignore.json}. Start with {@link io.klepto.golden.keys.Tagged}, which tells what Java makes
 * of Python's values.
 */
package io.klepto.golden.keys;
