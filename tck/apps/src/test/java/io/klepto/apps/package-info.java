/** Real clients of the provider, and other providers over our archives. */
package io.klepto.apps;
