/**
 * Spring's own support of the JCache annotations over our caches, with our key generators. Start
 * with {@code SpringAnnotationsTest}.
 */
package io.klepto.apps.spring;
