package io.klepto.bench.archive;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** An archive of ours as an application uses it: typed keys and values, codec {@code raw}. */
final class KleptoEngine implements Engine {
  private final Archive<String, byte[]> archive;

  KleptoEngine(URI location, Map<String, String> settings) {
    ArchiveConfiguration.Builder<String, byte[]> configuration =
        ArchiveConfiguration.builder(String.class, byte[].class).namespace("bench").codec("raw");
    settings.forEach(configuration::setting);
    this.archive = Archives.open(location, configuration.build());
  }

  @Override
  public void put(String key, byte[] value) {
    archive.put(key, value);
  }

  @Override
  public byte[] get(String key) {
    return archive.get(key);
  }

  @Override
  public void putAll(Map<String, byte[]> values) {
    archive.putAll(values);
  }

  @Override
  public Map<String, byte[]> getAll(List<String> keys) {
    return archive.getAll(new LinkedHashSet<>(keys));
  }

  @Override
  public void clear() {
    archive.clear();
  }

  @Override
  public void close() {
    archive.close();
  }
}
