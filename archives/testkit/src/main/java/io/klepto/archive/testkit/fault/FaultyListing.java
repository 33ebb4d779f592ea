package io.klepto.archive.testkit.fault;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;

/** The children of a folder as paths of a {@link FaultyFileSystem}. Used by one thread. */
final class FaultyListing implements DirectoryStream<Path> {
  private final FaultyFileSystem system;
  private final DirectoryStream<Path> names;

  FaultyListing(FaultyFileSystem system, DirectoryStream<Path> names) {
    this.system = system;
    this.names = names;
  }

  @Override
  public Iterator<Path> iterator() {
    Iterator<Path> children = names.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return children.hasNext();
      }

      @Override
      public Path next() {
        return new FaultyPath(system, children.next());
      }
    };
  }

  @Override
  public void close() throws IOException {
    names.close();
  }
}
