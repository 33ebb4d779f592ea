/** Micrometer's binder for JCache, which finds our statistics by the names of their MXBeans. */
package io.klepto.apps.micrometer;
