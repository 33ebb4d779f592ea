/**
 * The store that is one file: an append-only log of checksummed records in segments, for many
 * processes of one host. Start with {@link io.klepto.archive.log.LogStoreProvider} for its URIs,
 * {@code RecordFormatV1} and {@code HeadV1} for the bytes, {@code LogEngine} for how a call
 * travels, {@code LogScan} for what happens to damage, {@code Compaction} for how space comes back.
 */
package io.klepto.archive.log;
