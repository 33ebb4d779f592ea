package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimedBoundedNodeTest {
  @Test
  void deadline_isNeverUnlessSet() {
    TimedBoundedNode node = new TimedBoundedNode("key");
    assertEquals(Long.MAX_VALUE, node.deadlineNanos());
    node.setDeadlineNanos(-5);
    assertEquals(-5, node.deadlineNanos());
  }
}
