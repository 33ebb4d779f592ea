/** Benchmarks, with one command for all: {@link io.klepto.bench.Bench}. Not published. */
package io.klepto.bench;
