package io.klepto.archive.jdbc;

/**
 * All that decides whether two stores can share connections: whoever is equal in it does.
 *
 * @param user null for none
 * @param password null for none
 * @param poolSize the most connections at once
 * @param forced whether each commit must be on disk when it returns
 */
record Access(
    JdbcUrl url, String user, String password, int poolSize, Timeouts timeouts, boolean forced) {
  /** Returns what messages about this access must not show. */
  Secrets secrets() {
    return Secrets.of(url.text(), password == null ? "" : password);
  }

  /** Returns the name of the URL alone. */
  @Override
  public String toString() {
    return url.name();
  }
}
