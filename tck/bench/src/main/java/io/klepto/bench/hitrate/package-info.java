/**
 * Hit rates: a trace of keys through a cache of ours, a reference model of its policy, and
 * Caffeine. {@link io.klepto.bench.hitrate.HitRateReport} is where to start reading.
 */
package io.klepto.bench.hitrate;
