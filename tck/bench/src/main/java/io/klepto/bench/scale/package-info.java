/**
 * How caches behave as they grow and as more threads call: rates, the longest call, memory, as text
 * and as plots. {@link io.klepto.bench.scale.ScaleReport} is where to start reading.
 */
package io.klepto.bench.scale;
