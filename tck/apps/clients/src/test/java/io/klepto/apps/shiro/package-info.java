/** Apache Shiro's caches of authorization and authentication, by its own bridge to JCache. */
package io.klepto.apps.shiro;
