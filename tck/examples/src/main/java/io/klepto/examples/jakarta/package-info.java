/**
 * A small Jakarta application whose service is cached on disk by annotations alone. Start with
 * {@link io.klepto.examples.jakarta.JakartaApplication}.
 */
package io.klepto.examples.jakarta;
