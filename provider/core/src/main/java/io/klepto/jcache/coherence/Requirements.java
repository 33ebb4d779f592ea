package io.klepto.jcache.coherence;

import io.klepto.archive.Archive;
import io.klepto.archive.store.Capability;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.ComputeOnce;
import io.klepto.jcache.config.Sharing;
import java.util.Optional;

/** What a cache that shares its archive needs of its mode and of the archive. */
public final class Requirements {
  private Requirements() {}

  /**
   * Refuses a mode in which others would not see the cache's changes.
   *
   * @param mode when entries reach the archive; empty if the cache never has one
   * @throws IllegalArgumentException if it does not fit
   */
  public static void check(String cache, Sharing sharing, Optional<ArchiveMode> mode) {
    if (!sharing.isNone() && !mode.equals(Optional.of(ArchiveMode.WRITE_THROUGH))) {
      throw new IllegalArgumentException(
          "cache %s, %s: expected an archive in mode WRITE_THROUGH, found %s"
              .formatted(
                  cache, nameOf(sharing), mode.map(each -> "mode " + each).orElse("no archive")));
    }
  }

  /**
   * Refuses an archive that lacks what is needed.
   *
   * @throws IllegalArgumentException if it does
   */
  public static void check(String cache, Sharing sharing, Archive<?, ?> archive) {
    if (sharing.coherence() == Coherence.STAMPS) {
      require(cache, "coherence = STAMPS", archive, Capability.STAMPS);
      require(cache, "coherence = STAMPS", archive, Capability.KEY_LOCK);
      require(cache, "coherence = STAMPS", archive, Capability.COMPARE_AND_SET);
    }
    if (sharing.computeOnce() == ComputeOnce.HOST) {
      require(cache, "computeOnce = HOST", archive, Capability.KEY_LOCK);
    }
  }

  private static void require(
      String cache, String setting, Archive<?, ?> archive, Capability capability) {
    if (!archive.store().capabilities().contains(capability)) {
      throw new IllegalArgumentException(
          "cache %s, %s: expected an archive with %s, found %s without it; use a file:, dir:, hdf: or hdfdir: archive on a local disk"
              .formatted(cache, setting, capability, archive.name()));
    }
  }

  private static String nameOf(Sharing sharing) {
    return sharing.coherence() == Coherence.STAMPS ? "coherence = STAMPS" : "computeOnce = HOST";
  }
}
