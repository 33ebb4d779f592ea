package io.klepto.jcache.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.concurrent.atomic.LongAdder;

/**
 * A concurrent hash table that is made of the nodes themselves: each slot begins a chain of nodes
 * that are linked by {@code next}, so that an entry costs no object beside its node, and a look-up
 * one step less than in a map from keys to nodes.
 *
 * <p><b>Rules.</b> A node's key and hash never change; a node that has left the table never comes
 * back. A new node becomes the head of its chain, by compare-and-set on the slot. Nodes are
 * unlinked, and chains moved when the table grows, by whoever holds the monitor of the chain's
 * stripe; the nodes of one chain have the same stripe in every size of the table.
 *
 * <p><b>Look-ups</b> take no lock and write nothing. A node that is unlinked keeps its {@code
 * next}, which leads on along the same chain, so who stands on it misses nothing. While a chain is
 * moved to the next size its slot holds a {@link Forward}, set before the first node is relinked. A
 * thread that is on the chain by then can be led astray, but what it finds is there; when it has
 * found nothing it looks at the slot again (the reads are acquires, the writes releases, so who saw
 * a relinked node sees the Forward) and goes on in the next size.
 *
 * <p><b>Two nodes of one key</b> can't be: whoever adds one has looked through the chain since it
 * read the head that its compare-and-set expects. Every addition changes the head to a node that
 * was never there before, and moving replaces it by a Forward, so the compare-and-set fails if the
 * chain could have got another.
 *
 * <p><b>Growing</b> is {@link Growth}'s. Without memory for it nothing is lost, and it is tried
 * again when there are a quarter more nodes. The table never shrinks. Chains are not turned into
 * trees: keys that all have one hash code make it slow.
 *
 * <p>Cost: four bytes for a slot, 4/3 to 8/3 slots for a node. Safe for use by many threads.
 */
public final class NodeTable implements Iterable<Node> {
  static final int STRIPES = 64;
  private static final int TABLES = 8;
  private static final Object[] MONITORS = new Object[STRIPES * TABLES];
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Node[].class);

  static {
    for (int i = 0; i < MONITORS.length; i++) {
      MONITORS[i] = new Object();
    }
  }

  private final int firstMonitor = (System.identityHashCode(this) & (TABLES - 1)) * STRIPES;
  private final LongAdder size = new LongAdder();
  private volatile Node[] slots = new Node[STRIPES];
  private final Growth.Allocator allocator;
  private volatile Growth growth;
  private long growsFrom; // nodes; guarded by size

  /**
   * Marks the slot of a chain that is being moved, or has been, to the next size. Its hash is that
   * of no key.
   */
  static final class Forward extends Node {
    final Node[] target;

    Forward(Node[] target) {
      super(target, -1);
      this.target = target;
    }
  }

  /** Makes an empty table. */
  public NodeTable() {
    this(LargeArrays.ASIDE);
  }

  /** Makes an empty table that gets its arrays from elsewhere. */
  NodeTable(Growth.Allocator allocator) {
    this.allocator = allocator;
  }

  /** Returns the node of a key, or null. */
  public Node find(Object key) {
    int hash = Node.hashOf(key);
    Node[] in = slots;
    int slot = hash & (in.length - 1);
    for (Node node = slot(in, slot); node != null; node = node.next()) {
      if (node.hash() == hash) {
        Object other = node.key();
        if (other == key || key.equals(other)) {
          return node;
        }
      }
    }
    return slot(in, slot) instanceof Forward ? findMoved(in, key, hash) : null;
  }

  /** Goes on looking where a chain has been moved to. */
  private Node findMoved(Node[] from, Object key, int hash) {
    Node[] in = from;
    while (true) {
      in = moved(in, hash);
      int slot = hash & (in.length - 1);
      for (Node node = slot(in, slot); node != null; node = node.next()) {
        if (node.hash() == hash && key.equals(node.key())) {
          return node;
        }
      }
      if (!(slot(in, slot) instanceof Forward)) {
        return null;
      }
    }
  }

  /** Adds a node that is in no table, unless its key has one; returns that, or null. */
  public Node putIfAbsent(Node fresh) {
    int hash = fresh.hash();
    Object key = fresh.key();
    Node[] in = slots;
    while (true) {
      int slot = hash & (in.length - 1);
      Node head = slot(in, slot);
      if (head instanceof Forward) {
        in = moved(in, hash);
        continue;
      }
      int walked = 0;
      for (Node node = head; node != null; node = node.next()) {
        if (node.hash() == hash && key.equals(node.key())) {
          return node;
        }
        walked++;
      }
      fresh.setNext(head);
      if (SLOT.compareAndSet(in, slot, head, fresh)) {
        added(in, walked);
        return null;
      }
    }
  }

  private void added(Node[] in, int walked) {
    size.increment();
    Growth growing = growth;
    if (growing != null) {
      growing.help();
    } else if (walked > 0 && in == slots && Growth.isDue(in.length, size.sum())) {
      grow(in);
    }
  }

  private void grow(Node[] from) {
    Growth begun;
    synchronized (size) {
      if (growth != null || from != slots || size.sum() < growsFrom) {
        return;
      }
      begun = new Growth(this, from);
      growth = begun;
    }
    allocator.allocate(2 * from.length, begun);
    begun.help();
  }

  /** Lets the table be as it is for a while. */
  void postpone(Growth refused) {
    synchronized (size) {
      if (growth == refused) {
        long nodes = size.sum();
        growsFrom = nodes + nodes / 4;
        growth = null;
      }
    }
  }

  /** Lets look-ups begin in the larger table, after the last chain was moved. */
  void grown(Growth finished, Node[] target) {
    synchronized (size) {
      if (growth == finished) {
        slots = target;
        growth = null;
      }
    }
  }

  /** Unlinks a node if it is there. */
  public void remove(Node node) {
    synchronized (monitor(node.hash())) {
      Node[] in = slots;
      while (true) {
        int slot = node.hash() & (in.length - 1);
        Node head = slot(in, slot);
        if (head instanceof Forward forward) {
          in = forward.target; // moved for good: this thread has the monitor
        } else if (head != node) {
          if (unlinkBehind(head, node)) {
            size.decrement();
          }
          return;
        } else if (SLOT.compareAndSet(in, slot, node, node.next())) {
          size.decrement();
          return;
        } // else another node has become the head
      }
    }
  }

  private static boolean unlinkBehind(Node head, Node node) {
    for (Node before = head; before != null; before = before.next()) {
      if (before.next() == node) {
        before.setNext(node.next());
        return true;
      }
    }
    return false;
  }

  /** Drops all nodes at once; nobody may add or remove meanwhile. */
  public void letGo() {
    synchronized (size) {
      slots = new Node[STRIPES];
      growth = null;
      growsFrom = 0;
      size.reset();
    }
  }

  /** Returns the number of nodes; exact if nobody else is at work. */
  public long size() {
    return Math.max(0, size.sum());
  }

  /**
   * Returns a weakly consistent walk: each node that is there from its beginning to its end comes
   * once, any other at most once. It can't remove.
   */
  @Override
  public Iterator<Node> iterator() {
    return new NodeWalk(this, slots);
  }

  /** Returns the monitor that guards the chain of a hash against moving and unlinking. */
  Object monitor(int hash) {
    return MONITORS[firstMonitor + (hash & (STRIPES - 1))];
  }

  /** Returns the next size of a table whose chain of a hash is being moved, when it has been. */
  private Node[] moved(Node[] in, int hash) {
    int slot = hash & (in.length - 1);
    synchronized (monitor(hash)) {
      return ((Forward) slot(in, slot)).target;
    }
  }

  static Node slot(Node[] slots, int index) {
    return (Node) SLOT.getAcquire(slots, index);
  }

  static void setSlot(Node[] slots, int index, Node head) {
    SLOT.setRelease(slots, index, head);
  }

  static Node getAndSetSlot(Node[] slots, int index, Node head) {
    return (Node) SLOT.getAndSet(slots, index, head);
  }
}
