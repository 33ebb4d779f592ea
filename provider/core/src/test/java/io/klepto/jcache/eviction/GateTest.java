package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = Gate.of();

  @Test
  void takeAll_returnsNodesInOrderOfArrival() {
    List<BoundedNode> nodes = new ArrayList<>();
    for (int count = 0; count < 5; count++) {
      assertEquals(nodes, drain());
      nodes.add(new BoundedNode(count));
      nodes.forEach(gate::push);
      assertTrue(gate.hasWork());
    }
    assertEquals(nodes, drain());
    assertFalse(gate.hasWork());
  }

  @Test
  void push_ofNodeOnTheStack_doesNothing() {
    BoundedNode node = new BoundedNode(1);
    gate.push(node);
    gate.push(node);
    assertEquals(List.of(node), drain());
    assertNull(node.pending);
    gate.push(node);
    assertEquals(List.of(node), drain());
  }

  @Test
  void tryLock_isNotReentrant() {
    assertTrue(gate.tryLock());
    assertFalse(gate.tryLock());
    gate.unlock();
    assertTrue(gate.tryLock());
  }

  @Test
  void isCrowded_beyondTheLimit_untilDrained_neverForTheHolder() {
    int pushed = 0;
    while (!gate.isCrowded()) {
      gate.push(new BoundedNode(pushed++));
      assertTrue(pushed < 1000);
    }
    assertTrue(gate.tryLock());
    assertFalse(gate.isCrowded());
    gate.unlock();
    assertEquals(pushed, drain().size());
    assertFalse(gate.isCrowded());
  }

  @Test
  void call_isWorkUntilItIsTaken() {
    gate.call();
    assertTrue(gate.hasWork());
    assertNull(gate.takeAll());
    assertFalse(gate.hasWork());
  }

  @Test
  void isAwaited_whileAnyThreadPauses() {
    gate.beginPause();
    gate.beginPause();
    gate.endPause();
    assertTrue(gate.isAwaited());
    gate.endPause();
    assertFalse(gate.isAwaited());
  }

  private List<BoundedNode> drain() {
    List<BoundedNode> drained = new ArrayList<>();
    for (BoundedNode node = gate.takeAll(); node != null; node = gate.release(node)) {
      drained.add(node);
    }
    return drained;
  }
}
