package io.klepto.examples.bytecode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClassSourceTest {
  private static final ClassName MAP_ENTRY = new ClassName("java.base", "java.util.Map$Entry");

  private final ClassSource source = ClassSource.ofRunningJdk();

  @Test
  void list_isSortedAndWithoutModuleDescriptors() throws IOException {
    List<ClassName> names = source.list();
    assertTrue(names.equals(List.copyOf(new TreeSet<>(names))), "not sorted");
    assertTrue(names.contains(MAP_ENTRY));
    assertTrue(names.stream().noneMatch(name -> name.name().endsWith("module-info")));
  }

  @Test
  void list_afterAClassWasRead_hasItOnce() throws IOException {
    source.bytes(MAP_ENTRY);
    assertEquals(1, source.list().stream().filter(MAP_ENTRY::equals).count());
  }

  @Test
  void list_ofAModule_isItsPartOfAll() throws IOException {
    List<ClassName> all = source.list();
    assertEquals(
        all.stream().filter(name -> name.module().equals("java.sql")).toList(),
        source.list("java.sql"));
  }

  @Test
  void list_ofAnUnknownModule_isEmpty() throws IOException {
    for (String unknown : List.of("java.sq", "", ".", "..", "/", "java.sql/java")) {
      assertEquals(List.of(), source.list(unknown), unknown);
    }
  }

  @Test
  void bytes_areThoseOfTheClass() throws IOException {
    try (InputStream in = Object.class.getResourceAsStream("/java/util/Map$Entry.class")) {
      assertArrayEquals(in.readAllBytes(), source.bytes(MAP_ENTRY));
    }
  }

  @Test
  void bytes_unknownClass_isNamed() {
    ClassName unknown = new ClassName("java.base", "java.util.Nothing");
    UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> source.bytes(unknown));
    assertEquals("cannot read the class file of java.base/java.util.Nothing", e.getMessage());
  }
}
