/**
 * How long entries live: {@link io.klepto.jcache.expiry.ExpiryRules} from the JSR-107 policy,
 * {@link io.klepto.jcache.expiry.CacheClock} for the time.
 */
package io.klepto.jcache.expiry;
