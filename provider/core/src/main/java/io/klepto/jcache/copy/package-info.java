/**
 * Copies for store-by-value: what goes into memory and what comes out shares nothing that can
 * change.
 *
 * <p>Start with {@link io.klepto.jcache.copy.Copiers}. Each class has a {@code Shape}, decided
 * once: what cannot change is shared, simple objects are copied in one step by a copier generated
 * for their class, all others are taken apart and put together again by {@code GraphCopy}, which
 * keeps shared references and cycles. A class with a serialization protocol of its own, and a class
 * of the JDK that is not known here, goes through Java serialization. A plain class need not be
 * serializable.
 */
package io.klepto.jcache.copy;
