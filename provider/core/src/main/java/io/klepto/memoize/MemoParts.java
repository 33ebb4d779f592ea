package io.klepto.memoize;

import java.util.Set;

/**
 * What a remembered function is made of, whatever its arguments.
 *
 * @param identity the function's name and version
 * @param keys the keys of its calls
 * @param store where its results are
 * @param versions its version, and the one before
 * @param bypassOrNull counts calls of a safe function without keys; null if it is not safe
 * @param exceptions which exceptions are remembered
 * @param whenClosed frees the name
 */
record MemoParts(
    MemoIdentity identity,
    MemoKeys keys,
    MemoStore store,
    MemoVersions versions,
    MemoBypass bypassOrNull,
    Set<Class<? extends Exception>> exceptions,
    Runnable whenClosed) {}
