/**
 * The store that is a folder of files, one per record, for many processes of one host. Start with
 * {@link io.klepto.archive.dir.DirStoreProvider} for its URIs, {@code DirLayout} for what lies
 * where, {@link io.klepto.archive.lock.KeyFileLocks} for how processes keep out of each other's
 * way.
 */
package io.klepto.archive.dir;
