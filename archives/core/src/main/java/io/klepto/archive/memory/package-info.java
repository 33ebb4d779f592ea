/**
 * Stores in memory: {@link io.klepto.archive.memory.DictStoreProvider} keeps records as long as the
 * process lives, {@link io.klepto.archive.memory.NullStoreProvider} keeps none.
 */
package io.klepto.archive.memory;
