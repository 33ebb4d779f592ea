/**
 * Archives beside embedded databases. Start with {@link io.klepto.bench.archive.EngineKind} for who
 * takes part, and {@link io.klepto.bench.archive.ArchiveBenchmarks} for what is measured.
 */
package io.klepto.bench.archive;
