package io.klepto.jcache.copy;

/**
 * How the instances of one class are copied: as a {@link Leaf}, which holds nothing that needs a
 * copy of its own, or as a {@link Composite}, which is taken apart and put together from copies of
 * its parts.
 *
 * <p>Immutable and thread-safe. A shape may refer to the class it is for, so it must not be
 * reachable from anywhere that outlives that class; see {@link Shapes}.
 */
abstract sealed class Shape permits Leaf, Composite {}
