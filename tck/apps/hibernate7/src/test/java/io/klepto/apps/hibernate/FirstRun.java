package io.klepto.apps.hibernate;

import java.io.IOException;
import java.nio.file.Path;

/** The run of the application that is killed: it fills its caches, says so, and waits. */
final class FirstRun {
  static final String READS = "reads";
  static final String REPRICES = "reprices";
  static final String DONE = "done";

  /** The regions by the caller's code, or by a configuration file on the class path. */
  static final String BY_CODE = "by code";

  static final String BY_FILE = "by file";

  private FirstRun() {}

  static Catalogue open(Path folder, String how) {
    String url = "jdbc:h2:file:" + folder.resolve("library") + ";WRITE_DELAY=0";
    if (how.equals(BY_FILE)) {
      Regions.place(folder);
      return Catalogue.open(url, Regions.FILE, "fail");
    }
    return Catalogue.open(url, Regions.archived(folder), "fail");
  }

  /**
   * Runs.
   *
   * @param arguments the folder of database and archive, what to do, how regions are configured
   * @throws IOException if the process that started it is gone
   */
  public static void main(String[] arguments) throws IOException {
    Catalogue catalogue = open(Path.of(arguments[0]), arguments[2]);
    catalogue.fill();
    catalogue.titlesBy(Catalogue.ORWELL);
    catalogue.birthOf("George Orwell");
    catalogue.cheaperThan("10");
    if (arguments[1].equals(REPRICES)) {
      catalogue.reprice(Catalogue.FARM, "11.00");
    }
    System.out.println(DONE);
    System.in.read();
  }
}
