/** What it costs to see the changes of other processes at once. */
package io.klepto.bench.coherence;
