/**
 * The price of a call that is remembered, beside a cache with a key made by hand. Start with {@link
 * io.klepto.bench.memoize.MemoizeReport}.
 */
package io.klepto.bench.memoize;
