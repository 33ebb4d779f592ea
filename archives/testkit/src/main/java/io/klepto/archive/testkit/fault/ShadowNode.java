package io.klepto.archive.testkit.fault;

/** A file or a folder as a disk would hold it after a loss of power. */
sealed interface ShadowNode permits ShadowFile, ShadowFolder {}
