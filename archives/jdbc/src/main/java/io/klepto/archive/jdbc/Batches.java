package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One call for many keys on its way: batch by batch in the order of the ids, so that two calls
 * never wait for each other in a circle.
 *
 * <p>What a batch leaves, because another user changed it meanwhile, is done key by key, and so is
 * a batch that fails for the sake of one of its rows. Once the connection is lost, the rest is not
 * tried. Used by one thread.
 *
 * @param <T> what the call yields for a key
 */
final class Batches<T> {
  private static final long BATCH_BYTES = 4L << 20;
  private static final int MOST_GROWTH = 2; // where a driver escapes every byte
  private static final int ROW_BYTES = 256;

  private final Map<KeyBytes, T> done;
  private final Map<KeyBytes, ArchiveException> failed = new HashMap<>();
  private final List<Item> items;
  private SqlFailure lost;

  Batches(List<Item> items) {
    this.done = new HashMap<>(2 * items.size());
    this.items = new ArrayList<>(items);
    this.items.sort(Comparator.comparing(Item::id, Arrays::compareUnsigned));
  }

  /**
   * A key of the call.
   *
   * @param id the id of its row
   * @param content what is to be put under it, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Item(KeyBytes key, byte[] id, RecordContent content) {
    static Item of(KeyBytes key, RecordContent content) {
      return new Item(key, RowFormat.idOf(key), content);
    }

    private long bytes() {
      return (long) ROW_BYTES + key.length() + (content == null ? 0 : content.payload().length);
    }
  }

  /** What is done with one batch. */
  interface Batch {
    /** Does what it can, tells {@link #done} and {@link #failed}, and returns what is left. */
    List<Item> run(List<Item> batch);
  }

  void done(Item item, T result) {
    done.put(item.key, result);
  }

  void failed(Item item, ArchiveException failure) {
    failed.put(item.key, failure);
    if (failure instanceof SqlFailure sql && sql.kind() == FailureKind.LOST) {
      lost = sql;
    }
  }

  /**
   * Does all of it.
   *
   * @param mostRows how many rows a batch may have
   * @param mostBytes how many bytes a statement may have
   * @param alone does it for one key; yields null for nothing
   */
  BulkOutcome<T> run(int mostRows, long mostBytes, Batch batch, Function<Item, T> alone) {
    long bytesOfBatch = Math.min(BATCH_BYTES, mostBytes / MOST_GROWTH);
    int from = 0;
    while (from < items.size()) {
      int to = from + 1;
      long bytes = items.get(from).bytes();
      while (to < items.size()
          && to - from < mostRows
          && bytes + items.get(to).bytes() <= bytesOfBatch) {
        bytes += items.get(to).bytes();
        to++;
      }
      for (Item item : left(items.subList(from, to), batch)) {
        alone(item, alone);
      }
      from = to;
    }
    return new BulkOutcome<>(done, failed);
  }

  /** Runs a batch and returns what has to be done key by key. */
  private List<Item> left(List<Item> items, Batch batch) {
    if (lost != null) {
      return items;
    }
    try {
      return batch.run(items);
    } catch (ArchiveException e) {
      List<Item> open =
          items.stream()
              .filter(item -> !done.containsKey(item.key) && !failed.containsKey(item.key))
              .toList();
      if (items.size() > 1 && mayBeOfOneRow(e)) {
        return open;
      }
      open.forEach(item -> failed(item, e));
      return List.of();
    }
  }

  private static boolean mayBeOfOneRow(ArchiveException failure) {
    if (!(failure instanceof SqlFailure sql)) {
      return true;
    }
    return switch (sql.kind()) {
      case TOO_LARGE, CORRUPT, OTHER -> true;
      default -> false;
    };
  }

  private void alone(Item item, Function<Item, T> call) {
    if (lost != null) {
      failed.put(item.key, lost);
      return;
    }
    try {
      T result = call.apply(item);
      if (result != null) {
        done.put(item.key, result);
      }
    } catch (ArchiveException e) {
      failed(item, e);
    }
  }
}
