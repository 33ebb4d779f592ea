package io.klepto.archive.jdbc;

/**
 * How long to wait, in milliseconds.
 *
 * @param connectMillis for a connection
 * @param lockMillis for a lock that another session holds
 * @param statementMillis for the end of one statement
 */
record Timeouts(int connectMillis, int lockMillis, int statementMillis) {}
