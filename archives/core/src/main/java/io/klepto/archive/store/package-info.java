/**
 * Stores: opaque records by the bytes of their keys. {@link io.klepto.archive.store.Store} is the
 * contract, {@link io.klepto.archive.store.StoreProvider} the way in for a new back-end; {@link
 * io.klepto.archive.store.EnvelopeV1}, {@link io.klepto.archive.store.VersionClock}, {@link
 * io.klepto.archive.store.OpenGate} and {@link io.klepto.archive.store.BulkOutcome#ofEach} are what
 * back-ends have in common.
 */
package io.klepto.archive.store;
