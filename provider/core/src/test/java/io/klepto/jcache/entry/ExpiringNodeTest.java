package io.klepto.jcache.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.eviction.ExpiringBoundedNode;
import io.klepto.jcache.eviction.TimedBoundedNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the nodes of caches whose entries expire have in common, with and without an archive. */
final class ExpiringNodeTest {
  static Stream<Node> unarchived() {
    return Stream.of(new ExpiringNode("key"), new ExpiringBoundedNode("key"));
  }

  static Stream<Node> archived() {
    return Stream.of(new TimedNode("key"), new TimedBoundedNode("key"));
  }

  @ParameterizedTest
  @MethodSource({"unarchived", "archived"})
  void deadline_setAndMoved_isTheLast(Node node) {
    assertEquals(Long.MAX_VALUE, node.deadlineNanos());
    node.setDeadlineNanos(5_000);
    assertEquals(5_000, node.deadlineNanos());
    node.moveDeadlineNanos(7_000);
    assertEquals(7_000, node.deadlineNanos());
    node.moveDeadlineNanos(6_000);
    assertEquals(6_000, node.deadlineNanos());
  }

  @ParameterizedTest
  @MethodSource("archived")
  void deadline_movedSinceArchived_isKnown(Node node) {
    node.setDeadlineNanos(5_000_000_000L);
    node.setArchived(1, 2);
    assertFalse(node.isDeadlineMoved());
    node.moveDeadlineNanos(5_000_000_000L);
    assertFalse(node.isDeadlineMoved());
    node.moveDeadlineNanos(9_000_000_000L);
    assertTrue(node.isDeadlineMoved());
    assertTrue(node.archivedDeadlineNanos() <= 5_000_000_000L);
  }

  @ParameterizedTest
  @MethodSource("unarchived")
  void withoutArchive_nothingIsArchived(Node node) {
    assertEquals(0, node.archivedIn());
    assertThrows(UnsupportedOperationException.class, () -> node.setArchived(1, 2));
  }
}
