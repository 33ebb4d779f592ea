/**
 * Exclusion among the threads and processes of one host, by locks on the bytes of a file. Start
 * with {@link io.klepto.archive.lock.KeyFileLocks}; {@code LockFile} tells why a JVM has one
 * channel for each lock file. For back-ends that live in files; not an API for applications.
 */
package io.klepto.archive.lock;
