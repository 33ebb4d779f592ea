/**
 * Hibernate's second-level and query cache on our provider; the same tests run on Hibernate ORM 6
 * and 7. Start with {@link io.klepto.apps.hibernate.SecondLevelCacheTest}; {@link
 * io.klepto.apps.hibernate.Catalogue} is the application.
 */
package io.klepto.apps.hibernate;
