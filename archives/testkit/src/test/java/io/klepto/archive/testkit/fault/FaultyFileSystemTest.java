package io.klepto.archive.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.testkit.fault.Operation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultyFileSystemTest {
  @TempDir private Path real;
  @TempDir private Path images;
  private FaultyFileSystem files;
  private Path folder;
  private int made;

  @BeforeEach
  void makeFileSystem() throws IOException {
    files = FaultyFileSystem.crashing(real);
    folder = files.folder();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ)) {
      channel.force(true);
    }
  }

  /** Returns the folder that a crash leaves. */
  private Path crashed(Loss loss, long seed) throws IOException {
    made++;
    Path image = Files.createDirectory(images.resolve(Integer.toString(made)));
    files.crash(loss, new Random(seed)).writeTo(image);
    return image;
  }

  private Path crashed(Loss loss) throws IOException {
    return crashed(loss, 1);
  }

  @Test
  void files_workAsOnTheDefaultFileSystem() throws IOException {
    Path file = folder.resolve("a").resolve("b.txt");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes("one"));
    Files.write(file, bytes(" two"), APPEND);
    assertEquals("one two", Files.readString(file));
    assertEquals("one two", Files.readString(real.resolve("a/b.txt")));
    Files.move(file, folder.resolve("c"), StandardCopyOption.ATOMIC_MOVE);
    Files.copy(folder.resolve("c"), folder.resolve("d"));
    assertEquals("one two", Files.readString(folder.resolve("d")));
    assertFalse(Files.exists(file));
    assertThrows(NoSuchFileException.class, () -> Files.readString(file));
    assertThrows(
        FileAlreadyExistsException.class, () -> Files.createDirectory(folder.resolve("a")));
    assertThrows(
        FileAlreadyExistsException.class,
        () -> FileChannel.open(folder.resolve("c"), CREATE_NEW, WRITE).close());
    try (Stream<Path> listed = Files.list(folder)) {
      assertEquals(
          List.of("a", "c", "d"),
          listed.map(path -> path.getFileName().toString()).sorted().toList());
    }
    Files.delete(folder.resolve("d"));
    assertEquals(
        Files.readAttributes(real.resolve("c"), BasicFileAttributes.class).fileKey(),
        Files.readAttributes(folder.resolve("c"), BasicFileAttributes.class).fileKey());
    assertEquals(folder.resolve("c"), folder.resolve("a").resolveSibling("c"));
    assertEquals(folder.getFileSystem().getPath("a"), folder.relativize(folder.resolve("a")));
  }

  @Test
  void channels_readAndWriteInEveryWay() throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve("c"), CREATE, READ, WRITE)) {
      ByteBuffer[] parts = {ByteBuffer.wrap(bytes("ab")), ByteBuffer.wrap(bytes("cdef"))};
      assertEquals(6, channel.write(parts));
      assertFalse(parts[1].hasRemaining());
      assertEquals(1, channel.write(ByteBuffer.wrap(bytes("X")), 2));
      assertEquals(6, channel.position());
      ByteBuffer[] targets = {ByteBuffer.allocate(2), ByteBuffer.allocate(4)};
      assertEquals(6, channel.position(0).read(targets));
      assertArrayEquals(bytes("Xdef"), targets[1].array());
      assertEquals(4, channel.truncate(4).size());
      try (FileChannel copy = FileChannel.open(folder.resolve("copy"), CREATE, READ, WRITE)) {
        assertEquals(4, channel.transferTo(0, 4, copy));
        assertEquals(4, copy.transferFrom(channel.position(0), 4, 100));
      }
      MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 4);
      assertEquals('X', mapped.get(2));
    }
    assertEquals("abXdabXd", Files.readString(real.resolve("copy")));
    assertEquals("abXdabXd", Files.readString(crashed(Loss.NOTHING).resolve("copy")));
  }

  @Test
  void locks_areThoseOfTheRealFile() throws IOException {
    Files.createFile(folder.resolve("lock"));
    try (FileChannel channel = FileChannel.open(folder.resolve("lock"), WRITE);
        FileChannel other = FileChannel.open(real.resolve("lock"), WRITE)) {
      FileLock lock = channel.tryLock(7, 1, false);
      assertEquals(channel, lock.acquiredBy());
      assertThrows(OverlappingFileLockException.class, () -> other.tryLock(7, 1, false));
      lock.release();
      assertFalse(lock.isValid());
      other.tryLock(7, 1, false).release();
    }
  }

  @Test
  void interrupt_closesTheChannel() throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve("i"), CREATE, WRITE)) {
      Thread.currentThread().interrupt();
      assertThrows(
          ClosedByInterruptException.class, () -> channel.write(ByteBuffer.wrap(bytes("x"))));
      assertTrue(Thread.interrupted());
      assertFalse(channel.isOpen());
    }
  }

  @Test
  void fullDisk_failsWhatNeedsSpace_untilHealed() throws IOException {
    Files.write(folder.resolve("old"), bytes("old"));
    files.faults().fillAt(2);
    Files.createFile(folder.resolve("still fits"));
    for (int i = 0; i < 2; i++) {
      FileSystemException full =
          assertThrows(
              FileSystemException.class, () -> Files.createDirectory(folder.resolve("folder")));
      assertEquals("No space left on device", full.getReason());
    }
    assertEquals("old", Files.readString(folder.resolve("old")));
    Files.delete(folder.resolve("old"));
    assertEquals(2, files.faults().struck());
    files.faults().heal();
    Files.createDirectory(folder.resolve("folder"));
  }

  @Test
  void diskFullAfterBytes_cutsTheWriteThatMeetsIt() throws IOException {
    files.faults().fillAfterBytes(5);
    assertThrows(
        FileSystemException.class, () -> Files.write(folder.resolve("f"), bytes("12345678")));
    assertEquals("12345", Files.readString(folder.resolve("f")));
    files.faults().heal();
    Files.write(folder.resolve("f"), bytes("12345678"));
    assertEquals("12345678", Files.readString(folder.resolve("f")));
  }

  @Test
  void brokenDisk_failsOneChange() throws IOException {
    Files.createFile(folder.resolve("a"));
    files.faults().breakOnceAt(1);
    assertThrows(FileSystemException.class, () -> Files.delete(folder.resolve("a")));
    Files.delete(folder.resolve("a"));
  }

  @Test
  void readOnly_refusesChangesAndLetsRead() throws IOException {
    Files.write(folder.resolve("a"), bytes("text"));
    files.faults().makeReadOnly();
    assertEquals("text", Files.readString(folder.resolve("a")));
    assertFalse(Files.isWritable(folder.resolve("a")));
    assertThrows(FileSystemException.class, () -> Files.write(folder.resolve("a"), bytes("x")));
    assertThrows(
        FileSystemException.class, () -> FileChannel.open(folder.resolve("a"), WRITE).close());
    assertThrows(FileSystemException.class, () -> Files.delete(folder.resolve("a")));
    assertEquals("text", Files.readString(real.resolve("a")));
  }

  @Test
  void deniedAccess_refusesEverything() throws IOException {
    Files.write(folder.resolve("a"), bytes("text"));
    files.faults().denyAccess();
    assertThrows(AccessDeniedException.class, () -> Files.readString(folder.resolve("a")));
    assertThrows(
        AccessDeniedException.class,
        () -> Files.walkFileTree(folder, new SimpleFileVisitor<>() {}));
    assertThrows(AccessDeniedException.class, () -> Files.write(folder.resolve("a"), bytes("x")));
    assertThrows(AccessDeniedException.class, () -> Files.createFile(folder.resolve("b")));
    files.faults().heal();
    assertEquals("text", Files.readString(folder.resolve("a")));
  }

  @Test
  void operations_areCountedAndTold() throws IOException {
    List<Operation> told = new ArrayList<>();
    files.faults().afterEach(told::add);
    Files.write(folder.resolve("a"), bytes("text"));
    force(folder.resolve("a"));
    Files.move(folder.resolve("a"), folder.resolve("b"));
    Files.delete(folder.resolve("b"));
    assertEquals(
        List.of(Kind.CREATE, Kind.WRITE, Kind.FORCE, Kind.RENAME, Kind.DELETE),
        told.stream().map(Operation::kind).toList());
    assertEquals(4, told.get(1).bytes());
    assertEquals(told, files.faults().operations());
  }

  @Test
  void lossOfPower_takesContentThatWasNotForced() throws IOException {
    Path file = folder.resolve("a");
    Files.write(file, bytes("forced"));
    force(file);
    force(folder);
    Files.write(file, bytes("later"));
    assertEquals("forced", Files.readString(crashed(Loss.ALL).resolve("a")));
    assertEquals("later", Files.readString(crashed(Loss.NOTHING).resolve("a")));
    force(file);
    assertEquals("later", Files.readString(crashed(Loss.ALL).resolve("a")));
  }

  @Test
  void lossOfPower_takesNamesWhoseFolderWasNotForced() throws IOException {
    Path file = folder.resolve("a");
    Files.write(file, bytes("text"));
    force(file);
    assertFalse(Files.exists(crashed(Loss.ALL).resolve("a")));
    force(folder);
    assertTrue(Files.exists(crashed(Loss.ALL).resolve("a")));
    Files.delete(file);
    assertTrue(Files.exists(crashed(Loss.ALL).resolve("a")));
    assertFalse(Files.exists(crashed(Loss.NOTHING).resolve("a")));
    force(folder);
    assertFalse(Files.exists(crashed(Loss.ALL).resolve("a")));
  }

  @Test
  void renameInOneFolder_isAtomicInEachCrash() throws IOException {
    Files.write(folder.resolve("a"), bytes("old"));
    force(folder.resolve("a"));
    force(folder);
    Files.write(folder.resolve("temp"), bytes("new"));
    force(folder.resolve("temp"));
    Files.move(folder.resolve("temp"), folder.resolve("a"), StandardCopyOption.ATOMIC_MOVE);
    assertEquals("old", Files.readString(crashed(Loss.ALL).resolve("a")));
    for (Loss loss : Loss.values()) {
      for (int seed = 0; seed < 50; seed++) {
        String found = Files.readString(crashed(loss, seed).resolve("a"));
        assertTrue(List.of("old", "new").contains(found), loss + ", seed " + seed + ": " + found);
      }
    }
  }

  @Test
  void renameIntoAnotherFolder_neverLosesBothNames() throws IOException {
    Files.createDirectory(folder.resolve("one"));
    Files.createDirectory(folder.resolve("two"));
    Files.write(folder.resolve("one/a"), bytes("text"));
    force(folder.resolve("one/a"));
    force(folder.resolve("one"));
    force(folder);
    Files.move(folder.resolve("one/a"), folder.resolve("two/a"));
    for (Loss loss : Loss.values()) {
      for (int seed = 0; seed < 50; seed++) {
        Path image = crashed(loss, seed);
        assertTrue(
            Files.exists(image.resolve("one/a")) || Files.exists(image.resolve("two/a")),
            loss + ", seed " + seed);
      }
    }
    force(folder.resolve("one"));
    assertTrue(Files.exists(crashed(Loss.ALL).resolve("two/a")));
  }

  @Test
  void tornWrite_leavesEachLength() throws IOException {
    Files.write(folder.resolve("a"), bytes("0123"));
    List<Long> lengths = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      Path file = crashed(Loss.LAST_WRITE_TORN, seed).resolve("a");
      assertTrue("0123".startsWith(Files.readString(file)));
      lengths.add(Files.size(file));
    }
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), lengths.stream().distinct().sorted().toList());
  }

  @Test
  void scatteredLoss_takesSingleSectors() throws IOException {
    byte[] sectors = new byte[3 * 512];
    Arrays.fill(sectors, (byte) 1);
    Files.write(folder.resolve("a"), sectors);
    force(folder);
    boolean middleAlone = false;
    for (int seed = 0; seed < 200; seed++) {
      byte[] left = Files.readAllBytes(crashed(Loss.SCATTERED, seed).resolve("a"));
      middleAlone |= left.length == 2 * 512 && left[0] == 0 && left[512] == 1;
    }
    assertTrue(middleAlone);
  }

  @Test
  void lossAfterAMoment_keepsTheOrder() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      Files.createFile(folder.resolve(name));
    }
    for (int seed = 0; seed < 50; seed++) {
      Path image = crashed(Loss.AFTER_A_MOMENT, seed);
      assertTrue(Files.exists(image.resolve("a")) || Files.notExists(image.resolve("b")));
      assertTrue(Files.exists(image.resolve("b")) || Files.notExists(image.resolve("c")));
    }
  }

  @Test
  void mappedPages_areLostUntilTheChannelIsForced() throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve("m"), CREATE, READ, WRITE)) {
      MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 8192);
      channel.force(true);
      force(folder);
      mapped.put(0, (byte) 1).put(5000, (byte) 2);
      assertEquals(0, Files.readAllBytes(crashed(Loss.ALL).resolve("m"))[5000]);
      assertEquals(2, Files.readAllBytes(crashed(Loss.NOTHING).resolve("m"))[5000]);
      channel.force(true);
      assertEquals(2, Files.readAllBytes(crashed(Loss.ALL).resolve("m"))[5000]);
    }
  }

  @Test
  void whatWasThereBefore_countsAsForced() throws IOException {
    Files.createDirectory(real.resolve("sub"));
    Files.write(real.resolve("sub/a"), bytes("text"));
    files = FaultyFileSystem.crashing(real);
    assertEquals("text", Files.readString(crashed(Loss.ALL).resolve("sub/a")));
    Files.delete(files.folder().resolve("sub/a"));
    assertEquals("text", Files.readString(crashed(Loss.ALL).resolve("sub/a")));
  }

  @Test
  void failingFileSystem_refusesToCrash() throws IOException {
    FaultyFileSystem failing = FaultyFileSystem.failing(real);
    assertThrows(IllegalStateException.class, () -> failing.crash(Loss.ALL, new Random(1)));
    assertNull(failing.getPath("a").getParent());
  }
}
