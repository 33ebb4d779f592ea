/**
 * Payloads made smaller. Start with {@link io.klepto.archive.compress.Compression}. For back-ends
 * that live in files; not an API for applications.
 */
package io.klepto.archive.compress;
