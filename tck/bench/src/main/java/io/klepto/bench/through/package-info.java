/**
 * What a cache costs on top of the archive behind it. {@link io.klepto.bench.through.ThroughReport}
 * is where to start reading.
 */
package io.klepto.bench.through;
