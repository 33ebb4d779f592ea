/**
 * Replays what klepto's and autocache's decorated functions did with calls: {@code
 * cachecalls.json}, and of {@code autocache.json} what is no change of code, on functions that
 * {@link io.klepto.memoize.Memoizer} remembers.
 */
package io.klepto.golden.memoize;
