package io.klepto.archive;

import io.klepto.archive.codec.ClassAllowList;
import io.klepto.archive.codec.Codec;
import io.klepto.archive.codec.CodecOptions;
import io.klepto.archive.codec.Codecs;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The codecs of one archive: the one that writes, and those that records of other codecs need, made
 * when the first such record is met. Any number of threads may call at once.
 */
final class RecordCodecs {
  private final CodecOptions options;
  private final Codec writer;
  private final Map<Integer, Codec> readers = new ConcurrentHashMap<>();

  /**
   * Creates the codecs.
   *
   * @throws IllegalArgumentException if the configuration names an unknown codec, or allows what is
   *     no class and no package
   */
  RecordCodecs(ArchiveConfiguration<?, ?> configuration) {
    ClassAllowList allowList =
        ClassAllowList.of(
            List.of(configuration.keyType(), configuration.valueType()), configuration.allowed());
    this.options = new CodecOptions(allowList, configuration.classLoader());
    this.writer = Codecs.named(configuration.codec(), options);
  }

  /** Returns the codec of all records that are written. */
  Codec writer() {
    return writer;
  }

  /**
   * Returns the codec of a record that is read.
   *
   * @throws ArchiveException if there is none of this id
   */
  Codec reader(int codecId) {
    return codecId == writer.id()
        ? writer
        : readers.computeIfAbsent(codecId, id -> Codecs.ofRecord(id, options));
  }
}
