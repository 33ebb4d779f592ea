/**
 * File systems that fail: full, unreadable, not to be written, and after a loss of power without
 * what was not forced. Start with {@link io.klepto.archive.testkit.fault.FaultyFileSystem}.
 */
package io.klepto.archive.testkit.fault;
