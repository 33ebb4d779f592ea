package io.klepto.bench.archive;

import io.klepto.bench.archive.JdbcEngine.Dialect;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * The engines of the comparison, all at the same durability unless they say otherwise: what was
 * acknowledged survives the end of the process, not the loss of power.
 */
public enum EngineKind {
  FILE("file:", true, klepto("file", "results.klepto")),
  DIR("dir:", true, klepto("dir", "results")),
  HDF("hdf:", true, klepto("hdf", "results.hdf5")),
  HDFDIR("hdfdir:", true, klepto("hdfdir", "results")),
  JDBC_H2(
      "jdbc:h2",
      false,
      folder -> new KleptoEngine(UriOf.text("jdbc:h2:file:" + folder.resolve("h2")), Map.of())),
  JDBC_SQLITE(
      "jdbc:sqlite",
      true,
      folder ->
          new KleptoEngine(UriOf.text("jdbc:sqlite:" + folder.resolve("sqlite.db")), Map.of())),
  DICT("dict:", false, folder -> new KleptoEngine(UriOf.text("dict:bench"), Map.of())),
  SQLITE(
      "SQLite, WAL, synchronous=NORMAL",
      true,
      folder ->
          new JdbcEngine(
              "jdbc:sqlite:" + folder.resolve("hand.db"),
              Dialect.SQLITE,
              false,
              "PRAGMA synchronous=NORMAL")),
  SQLITE_OFF(
      "SQLite, WAL, synchronous=OFF",
      true,
      folder ->
          new JdbcEngine(
              "jdbc:sqlite:" + folder.resolve("hand.db"),
              Dialect.SQLITE,
              false,
              "PRAGMA synchronous=OFF")),
  H2(
      "H2, WRITE_DELAY=0",
      false,
      folder ->
          new JdbcEngine(
              "jdbc:h2:file:" + folder.resolve("hand") + ";WRITE_DELAY=0", Dialect.H2, false)),
  SQLITE_STAMPED(
      "SQLite, WAL, with version, times and checksum",
      true,
      folder ->
          new JdbcEngine(
              "jdbc:sqlite:" + folder.resolve("hand.db"),
              Dialect.SQLITE,
              true,
              "PRAGMA synchronous=NORMAL")),
  H2_STAMPED(
      "H2, WRITE_DELAY=0, with version, times and checksum",
      false,
      folder ->
          new JdbcEngine(
              "jdbc:h2:file:" + folder.resolve("hand") + ";WRITE_DELAY=0", Dialect.H2, true)),
  MVSTORE(
      "MVStore, commits each second (loses on kill)",
      false,
      folder -> new MvStoreEngine(folder.resolve("store.mv"), false)),
  MVSTORE_COMMIT(
      "MVStore, commits each call",
      false,
      folder -> new MvStoreEngine(folder.resolve("store.mv"), true));

  private final String title;
  private final boolean manyProcesses;
  private final Function<Path, Engine> opening;

  EngineKind(String title, boolean manyProcesses, Function<Path, Engine> opening) {
    this.title = title;
    this.manyProcesses = manyProcesses;
    this.opening = opening;
  }

  private static Function<Path, Engine> klepto(String scheme, String name) {
    return folder -> new KleptoEngine(UriOf.path(scheme, folder.resolve(name)), Map.of());
  }

  /** Returns how tables name it. */
  public String title() {
    return title;
  }

  /** Returns whether several processes may write at once. */
  public boolean allowsManyProcesses() {
    return manyProcesses;
  }

  /** Opens the engine in a folder; the same folder gives the same container. */
  public Engine open(Path folder) {
    return opening.apply(folder);
  }
}
