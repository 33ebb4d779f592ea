/**
 * What a back-end promises, as tests: extend {@link io.klepto.archive.testkit.StoreContract} and
 * supply a {@link io.klepto.archive.testkit.StoreFixture}; a store for many processes extends
 * {@link io.klepto.archive.testkit.StoreProcessContract} too. {@link
 * io.klepto.archive.testkit.ArchiveContract} is the same for the typed archive above it. {@link
 * io.klepto.archive.testkit.ChildJvm} starts and kills processes.
 */
package io.klepto.archive.testkit;
