/**
 * The store that is a folder of files, one per record, for many processes of one host. Start with
 * {@link io.klepto.archive.dir.DirStoreProvider} for its URIs and settings, {@code DirLayout} for
 * what lies where, {@link io.klepto.archive.lock.KeyFileLocks} for how processes keep out of each
 * other's way. {@code DirRecords} reads, {@code DirChanges} changes, {@code DirSync} forces.
 * Another back-end puts its own file format into such a folder by {@link
 * io.klepto.archive.dir.DirStores}; {@link io.klepto.archive.dir.DiskSteps} and {@link
 * io.klepto.archive.dir.NamespaceNames} are shared with it as well.
 */
package io.klepto.archive.dir;
