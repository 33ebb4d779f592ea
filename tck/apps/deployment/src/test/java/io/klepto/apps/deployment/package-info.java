/**
 * The plain provider, deployed in every way that applications are: on the class path, on the module
 * path, in a fat jar, and in class loaders of a container. Start with {@link
 * io.klepto.apps.deployment.DeploymentTest}.
 */
package io.klepto.apps.deployment;
