/**
 * What caches tell Java Flight Recorder: events of loads, dumps, evictions and failures of the
 * archive. While nobody records, a look at one flag is all that they cost. Start with {@link
 * io.klepto.jcache.jfr.RecordedArchive} and {@link io.klepto.jcache.jfr.RecordedEvictions}.
 */
package io.klepto.jcache.jfr;
