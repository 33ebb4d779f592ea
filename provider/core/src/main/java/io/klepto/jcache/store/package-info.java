/** The memory tier: a table of nodes, locked key by key, bounded by a policy. */
package io.klepto.jcache.store;
