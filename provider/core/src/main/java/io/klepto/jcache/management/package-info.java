/**
 * What a cache counts and what it shows to JMX. {@link io.klepto.jcache.management.CacheStatistics}
 * is where a cache counts; two beans present it and the configuration; {@link
 * io.klepto.jcache.management.ManagementRegistrar} puts them under the names that clients look up.
 */
package io.klepto.jcache.management;
