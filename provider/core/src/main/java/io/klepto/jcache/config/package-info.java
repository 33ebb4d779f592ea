/**
 * What a cache is told when it is created. Start with {@link
 * io.klepto.jcache.config.KleptoConfiguration#builder(Class, Class)}.
 */
package io.klepto.jcache.config;
