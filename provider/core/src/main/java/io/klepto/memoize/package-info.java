/**
 * Functions whose results are remembered, in memory and in archives that outlive the process. Start
 * with {@link io.klepto.memoize.Memoizer}; what can be said to a remembered function stands in
 * {@link io.klepto.memoize.Remembered}. {@link io.klepto.memoize.CacheDict} and {@link
 * io.klepto.memoize.SingleValueCache} are a map and a value that are read when they are opened and
 * written when they are closed.
 *
 * <p>To read the code: {@code MemoCalls} is a call from its arguments to its result, {@code
 * MemoKeys} makes the key, and a {@code MemoStore} keeps the results: a cache of the function's
 * own, or one that was made elsewhere.
 */
package io.klepto.memoize;
