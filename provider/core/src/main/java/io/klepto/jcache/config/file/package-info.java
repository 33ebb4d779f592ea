/**
 * The configuration file of a cache manager, and its properties: found by URI, read with the line
 * of each value, checked as a whole, and turned into {@link
 * io.klepto.jcache.config.KleptoConfiguration}s. Start with {@link
 * io.klepto.jcache.config.file.ManagerConfiguration}; every key stands in {@code reference.conf} of
 * the package {@code io.klepto.jcache.config}.
 */
package io.klepto.jcache.config.file;
