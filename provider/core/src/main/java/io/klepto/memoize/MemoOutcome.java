package io.klepto.memoize;

import java.io.Serializable;

/**
 * What stands in a cache, and in an archive, for an exception that is to be remembered.
 *
 * @param exception what the function threw
 */
record MemoThrown(Exception exception) implements Serializable {}
