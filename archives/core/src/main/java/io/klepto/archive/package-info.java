/**
 * Archives: dictionaries that outlive the process. Open one with {@link
 * io.klepto.archive.Archives}; {@link io.klepto.archive.Archive} says what it promises; {@link
 * io.klepto.archive.ArchiveLoader} and {@link io.klepto.archive.ArchiveWriter} put it behind any
 * JCache provider.
 */
package io.klepto.archive;
