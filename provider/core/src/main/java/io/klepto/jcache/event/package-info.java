/**
 * Cache entry events and who hears of them. {@link io.klepto.jcache.event.EventDispatcher} is what
 * a cache calls after each change; everything else serves it: a registration per configuration, an
 * event per change, and a queue per asynchronous registration.
 */
package io.klepto.jcache.event;
