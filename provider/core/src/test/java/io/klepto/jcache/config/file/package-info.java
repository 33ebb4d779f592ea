/** What a manager's file and properties can say, and what becomes of those that are wrong. */
package io.klepto.jcache.config.file;
