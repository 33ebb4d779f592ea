package io.klepto.archive.jdbc.server;

import java.nio.file.Path;

/**
 * A database in a file of this machine, without a server.
 *
 * @param folder what is removed in the end
 * @param file the file as the URL names it
 * @param pages the file that the engine keeps its pages in
 */
record FileDatabase(TestEngine engine, TemporaryFolder folder, Path file, Path pages, String url)
    implements Database {
  @Override
  public void close() {
    folder.delete();
  }
}
