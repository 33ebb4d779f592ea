package io.klepto.golden.archives;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.codec.Codecs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Our archive for one of klepto's.
 *
 * @param archive the name of klepto's in the vectors
 * @param kind its class
 * @param codec the name of the codec
 * @param settings what only this back-end knows
 */
record Counterpart(String archive, Kind kind, String codec, Map<String, String> settings) {
  private static final String TABLE = "table";

  /** All archives of the vectors, in their order. */
  static final List<Counterpart> ALL =
      List.of(
          of("dict", Kind.DICT),
          of("null", Kind.NULL),
          of("file", Kind.FILE),
          of("file-json", Kind.FILE).in("json"),
          of("file-src", Kind.FILE).in("java"),
          of("file-src (cwd not on the import path)", Kind.FILE).in("java"),
          of("file-proto0", Kind.FILE).in("java"),
          of("dir", Kind.DIR),
          of("dir-json", Kind.DIR).in("json"),
          of("dir-src", Kind.DIR).in("java"),
          of("dir-compress", Kind.DIR).with(Map.of("compression", "deflate")),
          of("dir-fast", Kind.DIR),
          of("sqltable", Kind.SQLTABLE).with(Map.of(TABLE, "memo")),
          of("sqltable-mem", Kind.SQLTABLE).with(Map.of(TABLE, "memo")),
          of("sqltable-json", Kind.SQLTABLE).in("json").with(Map.of(TABLE, "memo")),
          of("sqltable-text", Kind.SQLTABLE).with(Map.of(TABLE, "memo", "serialized", "false")),
          of("sqltable-nosqlalchemy", Kind.SQLTABLE).with(Map.of(TABLE, "memo")),
          of("sql", Kind.SQL),
          of("sql-json", Kind.SQL).in("json"),
          of("hdf", Kind.HDF),
          of("hdf-meta", Kind.HDF).with(Map.of("layout", "meta")),
          of("hdf-json", Kind.HDF).in("json"),
          of("hdf-raw", Kind.HDF),
          of("hdfdir", Kind.HDFDIR),
          of("hdfdir-meta", Kind.HDFDIR).with(Map.of("layout", "meta")),
          of("hdfdir-json", Kind.HDFDIR).in("json"));

  private static Counterpart of(String archive, Kind kind) {
    return new Counterpart(archive, kind, "kryo", Map.of());
  }

  private Counterpart in(String newCodec) {
    return new Counterpart(archive, kind, newCodec, settings);
  }

  private Counterpart with(Map<String, String> newSettings) {
    return new Counterpart(archive, kind, codec, newSettings);
  }

  /** Returns the counterpart of one of klepto's archives. */
  static Counterpart of(String archive) {
    return ALL.stream()
        .filter(counterpart -> counterpart.archive.equals(archive))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no counterpart of " + archive));
  }

  /** Returns whether klepto's has a name, by which a copy of it finds the same entries. */
  boolean isNamed() {
    return kind != Kind.DICT && kind != Kind.NULL && !archive.equals("sqltable-mem");
  }

  /** Returns whether back-end and codec are on the class path. */
  boolean isPresent() {
    return kind.isPresent() && Codecs.names().contains(codec);
  }

  /** Opens a namespace of the container in a place. */
  Archive<Object, Object> open(Path place, String namespace) {
    ArchiveConfiguration.Builder<Object, Object> builder =
        ArchiveConfiguration.builder(Object.class, Object.class)
            .namespace(namespace)
            .codec(codec)
            .allow("io.klepto.golden.archives.*");
    settings.forEach(builder::setting);
    return Archives.open(kind.location(place), builder.build());
  }

  @Override
  public String toString() {
    return archive;
  }
}
