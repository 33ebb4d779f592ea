package io.klepto.archive.stamp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StampFileTest {
  @TempDir Path folder;
  private StampPlace place;

  @BeforeEach
  void choosePlace() {
    place = new StampPlace(folder.resolve("stamps"), "a store");
  }

  private StampFile make(int bits) throws IOException {
    return place.make(bits, folder.resolve("temporary"), Files::createFile);
  }

  @Test
  void bitsFor_isAtLeastTheEntries_withinBounds() {
    assertEquals(16, StampPlace.bitsFor(-1));
    assertEquals(16, StampPlace.bitsFor(0));
    assertEquals(16, StampPlace.bitsFor(65_536));
    assertEquals(17, StampPlace.bitsFor(65_537));
    assertEquals(20, StampPlace.bitsFor(1_000_000));
    assertEquals(24, StampPlace.bitsFor(Long.MAX_VALUE));
  }

  @Test
  void make_isFoundAgain_withItsBlocksWritten() throws IOException {
    StampFile made = make(16);
    StampFile found = place.find();
    assertEquals(made.id(), found.id());
    assertEquals(4096 + 8 * 65_536, Files.size(place.file()));
    made.begin(7);
    assertEquals(made.at(7), found.at(7));
    made.end(7);
    assertEquals(made.at(7), found.at(7));
    assertTrue(Files.notExists(folder.resolve("temporary")));
  }

  @Test
  void theGreatestStripe_hasAStamp() throws IOException {
    StampFile made = make(16);
    int last = made.stripeOf(-1L);
    assertEquals(65_535, last);
    long before = made.at(last);
    made.begin(last);
    made.end(last);
    assertEquals(before + 2, made.at(last));
    assertEquals(0, made.stripeOf(0));
  }

  @Test
  void anotherFile_hasOtherStamps() throws IOException {
    long first = make(16).at(0);
    assertNotEquals(first, make(16).at(0));
  }

  @Test
  void beginAll_makesAllOdd_andEndAllOthersThanBefore() throws IOException {
    StampFile made = make(16);
    long before = made.at(3);
    made.begin(3);
    made.beginAll();
    assertEquals(StampFile.UNKNOWN, made.at(3));
    assertEquals(StampFile.UNKNOWN, made.at(4));
    made.end(3);
    assertEquals(StampFile.UNKNOWN, made.at(3));
    made.endAll();
    assertNotEquals(before, made.at(3));
    assertNotEquals(before + 2, made.at(3));
    assertEquals(0, made.at(3) & 1);
  }

  @Test
  void heal_afterEachPrefixOfAChange_leavesEvenStamps() throws IOException {
    for (int steps = 0; steps <= 5; steps++) {
      StampFile made = make(16);
      long before = made.at(9);
      Runnable[] change = {
        () -> made.setUnderWay(9),
        () -> made.begin(9),
        () -> {}, // the change itself
        () -> made.end(9),
        made::setNothingUnderWay
      };
      for (int step = 0; step < steps; step++) {
        change[step].run();
      }
      place.find().heal();
      assertEquals(steps < 2 ? before : before + 2, made.at(9), "killed after step " + steps);
    }
  }

  @Test
  void heal_afterEachPrefixOfAChangeOfSeveralAndAll_leavesEvenStamps() throws IOException {
    for (int steps = 0; steps <= 8; steps++) {
      StampFile made = make(16);
      long[] before = {made.at(0), made.at(65_535), made.at(5)};
      Runnable[] change = {
        made::setSeveralUnderWay,
        () -> made.begin(0),
        () -> made.begin(65_535),
        made::beginAll,
        () -> made.end(0),
        () -> made.end(65_535),
        made::endAll,
        made::setNothingUnderWay
      };
      for (int step = 0; step < steps; step++) {
        change[step].run();
      }
      place.find().heal();
      long[] after = {made.at(0), made.at(65_535), made.at(5)};
      assertEquals(0, (after[0] | after[1] | after[2]) & 1, "killed after step " + steps);
      assertEquals(steps >= 2, after[0] != before[0]);
      assertEquals(steps >= 3, after[1] != before[1]);
      assertEquals(steps >= 4, after[2] != before[2]);
    }
  }

  @Test
  void find_ofWhatIsDamaged_findsNothing_andMakeReplacesIt() throws IOException {
    make(16);
    byte[] whole = Files.readAllBytes(place.file());
    for (int at : new int[] {16, 20, 23, 24, 31}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      replaceBy(damaged);
      assertNull(place.find(), "byte " + at);
    }
    replaceBy(ByteBuffer.allocate(whole.length - 1).put(whole, 0, whole.length - 1).array());
    assertNull(place.find());
    replaceBy(new byte[0]);
    assertNull(place.find());
    make(16);
    assertNotNull(place.find());
  }

  /** By another file, as one that is mapped must not be cut. */
  private void replaceBy(byte[] bytes) throws IOException {
    Files.delete(place.file());
    Files.write(place.file(), bytes);
  }

  @Test
  void make_whereAnotherVersionOrAnotherFileLies_isRefused_andLeavesIt() throws IOException {
    make(16);
    byte[] later = Files.readAllBytes(place.file());
    later[11] = 2;
    replaceBy(later);
    assertNull(place.find());
    ArchiveException refused = assertThrows(ArchiveException.class, () -> make(16));
    assertTrue(refused.getMessage().contains("version 2"), refused.getMessage());
    assertArrayEquals(later, Files.readAllBytes(place.file()));
    replaceBy("a text of the user".getBytes(StandardCharsets.UTF_8));
    refused = assertThrows(ArchiveException.class, () -> make(16));
    assertTrue(refused.getMessage().contains("another file"), refused.getMessage());
    assertTrue(refused.getMessage().contains(place.file().toString()), refused.getMessage());
  }

  @Test
  void requireLocal_refusesFileSystemsOfTheNetwork() throws IOException {
    place.requireLocal();
    for (String local : new String[] {"ext4", "xfs", "apfs", "NTFS", "tmpfs", "fuseblk"}) {
      place.requireLocal(local);
    }
    for (String remote : new String[] {"nfs", "nfs4", "NFS", "cifs", "smb3", "fuse.sshfs", "9p"}) {
      ArchiveException refused =
          assertThrows(ArchiveException.class, () -> place.requireLocal(remote));
      assertTrue(refused.getMessage().contains(remote), refused.getMessage());
    }
  }
}
