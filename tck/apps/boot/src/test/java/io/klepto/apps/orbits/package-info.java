/** Starts the fat jar as its users do, and kills it. */
package io.klepto.apps.orbits;
