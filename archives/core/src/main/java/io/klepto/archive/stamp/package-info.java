/**
 * The stamps of stores that lie in files: {@link io.klepto.archive.stamp.StampFile} is the file and
 * says why a reader may trust what it reads there; {@link io.klepto.archive.stamp.StampPlace} makes
 * and finds it.
 */
package io.klepto.archive.stamp;
