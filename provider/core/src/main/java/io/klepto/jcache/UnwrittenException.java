package io.klepto.jcache;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.cache.CacheException;

/**
 * Says which queued writes a cache with write-behind ends without, since its archive refused them
 * to the last. This exception is where they are from then on: {@link #writes} gives them.
 */
public final class UnwrittenException extends CacheException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 10;

  @SuppressWarnings("serial") // serialisable if the application's keys and values are
  private final Map<Object, Object> writes;

  UnwrittenException(String event, Map<?, ?> writes) {
    super(
        "%s, and its archive has not taken %d queued writes, of the keys %s%s; this exception holds them, see writes()"
            .formatted(
                event,
                writes.size(),
                writes.keySet().stream()
                    .limit(NAMED)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")),
                writes.size() > NAMED ? "…" : ""));
    this.writes = Collections.unmodifiableMap(new LinkedHashMap<>(writes));
  }

  /**
   * Returns the writes that are missing in the archive: each key with its last value, or with null
   * if its entry was to be removed. The values are the cache's own objects.
   */
  public Map<Object, Object> writes() {
    return writes;
  }
}
