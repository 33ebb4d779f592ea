package io.klepto.bench.through;

import io.klepto.archive.Archive;
import io.klepto.archive.Archives;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.Store;
import io.klepto.bench.archive.Folders;
import io.klepto.bench.archive.Samples;
import io.klepto.keymap.KeyBytes;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The entries that all are measured with, as they are and as records, and an order to read them in:
 * each once.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Entries(
    String[] keys,
    byte[][] values,
    KeyBytes[] keyBytes,
    RecordContent[] contents,
    int[] readingOrder) {
  static Entries of(int count) {
    String[] keys = new String[count];
    byte[][] values = new byte[count][];
    KeyBytes[] keyBytes = new KeyBytes[count];
    RecordContent[] contents = new RecordContent[count];
    int[] order = new int[count];
    SplittableRandom random = new SplittableRandom(count);
    Path folder = Folders.make();
    try (Store store = Way.store(folder);
        Archive<String, byte[]> archive = Archives.over(store, Way.configuration())) {
      for (int i = 0; i < count; i++) {
        keys[i] = Samples.key(i);
        values[i] = Samples.value(i);
        keyBytes[i] = Way.configuration().keyEncoder().encode(keys[i]);
        archive.put(keys[i], values[i]);
        contents[i] = store.get(keyBytes[i]).content();
        int place = random.nextInt(i + 1);
        order[i] = order[place];
        order[place] = i;
      }
    }
    Folders.remove(folder);
    return new Entries(keys, values, keyBytes, contents, order);
  }

  int count() {
    return keys.length;
  }
}
