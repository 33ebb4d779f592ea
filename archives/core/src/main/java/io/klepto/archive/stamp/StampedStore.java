package io.klepto.archive.stamp;

/**
 * A store with stamps that another one keeps its own changes in: the log beside an {@code hdf:}
 * file.
 */
public interface StampedStore {
  /**
   * Makes known by its stamps, if it has any, that every record may have changed, as the one that
   * keeps its changes here has made some that are not.
   */
  void moveAllStamps();
}
