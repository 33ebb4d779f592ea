package io.klepto.archive.hdf5;

import io.klepto.archive.dir.DiskSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files on the disk. No state; safe for use by many threads. */
final class LocalDisk implements Disk {
  @Override
  public PatientChannel create(Path file) throws IOException {
    return PatientChannel.create(file);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    DiskSteps.replace(from, to);
  }

  @Override
  public void deleteIfExists(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    DiskSteps.forceFolder(folder);
  }
}
