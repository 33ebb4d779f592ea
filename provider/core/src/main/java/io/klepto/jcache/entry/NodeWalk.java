package io.klepto.jcache.entry;

import io.klepto.jcache.entry.NodeTable.Forward;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A walk over the nodes of a table, chain by chain. A chain is read as a whole, and what was read
 * counts only if the chain was not being moved by the end; a chain that was moved is read where it
 * went. So nodes that stay in the table come exactly once, however often it grows meanwhile.
 *
 * <p>Not thread-safe; the table may be changed by anybody during the walk.
 */
final class NodeWalk implements Iterator<Node> {
  private final NodeTable table;
  private final Node[] slots;
  private final Deque<Moved> detours = new ArrayDeque<>(0);
  private int nextSlot;
  private Node[] chain = new Node[8];
  private int size;
  private int given;

  /** A chain that is to be read in a larger table. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  private record Moved(Node[] slots, int slot) {}

  NodeWalk(NodeTable table, Node[] slots) {
    this.table = table;
    this.slots = slots;
  }

  @Override
  public boolean hasNext() {
    while (given == size) {
      if (!detours.isEmpty()) {
        Moved detour = detours.pop();
        read(detour.slots(), detour.slot());
      } else if (nextSlot < slots.length) {
        read(slots, nextSlot++);
      } else {
        return false;
      }
    }
    return true;
  }

  @Override
  public Node next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return chain[given++];
  }

  private void read(Node[] in, int slot) {
    given = 0;
    size = 0;
    Node head = NodeTable.slot(in, slot);
    if (!(head instanceof Forward)) {
      for (Node node = head; node != null; node = node.next()) {
        add(node);
      }
      if (size == 0 || !(NodeTable.slot(in, slot) instanceof Forward)) {
        return;
      }
      size = 0;
    }
    Node[] target;
    synchronized (table.monitor(slot)) { // until the chain has arrived
      target = ((Forward) NodeTable.slot(in, slot)).target;
    }
    detours.push(new Moved(target, slot + in.length));
    detours.push(new Moved(target, slot));
  }

  private void add(Node node) {
    if (size == chain.length) {
      chain = Arrays.copyOf(chain, 2 * size);
    }
    chain[size++] = node;
  }
}
