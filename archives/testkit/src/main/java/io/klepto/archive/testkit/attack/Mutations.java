package io.klepto.archive.testkit.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The mutations of the files of one container: all of a kind, or as many as the scale says, drawn
 * at random, and then more of bytes that are used than of zeros.
 */
final class Mutations {
  private static final int SHARE_OF_ZEROS = 5;

  private final Path folder;
  private final int limit;
  private final Random random;
  private final SortedMap<String, byte[]> files;

  Mutations(Path folder, AttackScale scale) {
    this.folder = folder;
    this.limit = scale.cases();
    this.random = new Random(scale.seed());
    this.files = WorkFolder.filesIn(folder);
  }

  /** Returns the turning over of bits of single bytes. */
  List<Mutation> flips() {
    List<Mutation> flips = new ArrayList<>();
    for (Place place : places()) {
      flips.add(new Mutation.Flip(place.file(), place.offset(), mask()));
    }
    return flips;
  }

  private int mask() {
    return random.nextInt(4) == 0 ? 0xFF : 1 << random.nextInt(Byte.SIZE);
  }

  /**
   * Returns the cutting of files at single places, each of which is then the first that is gone.
   */
  List<Mutation> truncations() {
    List<Mutation> truncations = new ArrayList<>();
    for (Place place : places()) {
      truncations.add(new Mutation.Truncation(place.file(), place.offset()));
    }
    return truncations;
  }

  /** A byte of a file. */
  private record Place(String file, int offset) {}

  /** Returns all places; or, if they are too many, some: bytes that are not 0 before others. */
  private List<Place> places() {
    List<Place> used = new ArrayList<>();
    List<Place> zero = new ArrayList<>();
    files.forEach(
        (file, bytes) -> {
          for (int offset = 0; offset < bytes.length; offset++) {
            (bytes[offset] == 0 ? zero : used).add(new Place(file, offset));
          }
        });
    int all = used.size() + zero.size();
    if (all > limit) {
      Collections.shuffle(used, random);
      Collections.shuffle(zero, random);
      int most = limit - limit / SHARE_OF_ZEROS;
      List<Place> some = new ArrayList<>(used.subList(0, Math.min(most, used.size())));
      some.addAll(zero.subList(0, Math.min(limit - some.size(), zero.size())));
      return some;
    }
    used.addAll(zero);
    return used;
  }

  List<Mutation> replacements() {
    List<Mutation> replacements = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.filter(any -> !any.equals(folder)).toList()) {
        String name = folder.relativize(path).toString();
        replacements.add(
            Files.isDirectory(path)
                ? new Mutation.FileInstead(name)
                : new Mutation.FolderInstead(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.shuffle(replacements, random);
    return replacements.subList(0, Math.min(limit, replacements.size()));
  }
}
