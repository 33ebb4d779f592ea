/**
 * Replays of pecapiku: {@code pecapiku.json}, its {@code CacheDict} and {@code SingleValueCache}
 * beside ours. Start with {@link io.klepto.golden.dicts.AccessReplayTest}.
 */
package io.klepto.golden.dicts;
