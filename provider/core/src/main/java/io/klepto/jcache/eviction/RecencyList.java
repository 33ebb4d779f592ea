package io.klepto.jcache.eviction;

/**
 * A doubly linked list of nodes, the most recently used first.
 *
 * <p>The links are numbers of slots, in arrays: {@code slot} of a node says which is its own. Slot
 * 0 is both ends of the list. Free slots hang on the {@code older} links. The arrays are
 * {@linkplain Pages pages}, so that no addition copies a large list. Every operation is O(1). Not
 * thread-safe.
 */
final class RecencyList extends Padding {
  /** The slot that no node has: before the first and behind the last. */
  static final int END = 0;

  private static final int OLDER = 0;
  private static final int NEWER = 1;
  private static final int LINKS = 2;

  private BoundedNode[][] nodes = {new BoundedNode[Pages.LEAST]};
  private int[][] links = {new int[LINKS * Pages.LEAST]};
  private int free = END;
  private int used = 1;
  private int size;

  int size() {
    return size;
  }

  /** Returns the node of a slot; null if the slot is free. */
  BoundedNode node(int slot) {
    return nodes[Pages.page(slot)][Pages.at(slot)];
  }

  /** Returns the slot of the next older node; that of the newest, given {@link #END}. */
  int older(int slot) {
    return link(slot, OLDER);
  }

  /** Puts a node in front. */
  void add(BoundedNode node) {
    int slot = free;
    if (slot != END) {
      free = older(slot);
    } else {
      slot = used;
      if (slot == Pages.capacity(nodes)) {
        nodes = Pages.grown(nodes, 1);
        links = Pages.grown(links, LINKS);
      }
      used++;
    }
    setNode(slot, node);
    node.slot = slot;
    size++;
    linkFirst(slot);
  }

  /** Takes a node out. */
  void remove(BoundedNode node) {
    int slot = node.slot;
    unlink(slot);
    setNode(slot, null);
    node.slot = 0;
    size--;
    setLink(slot, OLDER, free);
    free = slot;
  }

  /** Moves the node of a slot, if there is one, to the front. */
  void moveFirst(int slot) {
    if (node(slot) != null && older(END) != slot) {
      unlink(slot);
      linkFirst(slot);
    }
  }

  private void linkFirst(int slot) {
    int second = older(END);
    setLink(slot, NEWER, END);
    setLink(slot, OLDER, second);
    setLink(second, NEWER, slot);
    setLink(END, OLDER, slot);
  }

  private void unlink(int slot) {
    int newer = link(slot, NEWER);
    int older = link(slot, OLDER);
    setLink(newer, OLDER, older);
    setLink(older, NEWER, newer);
  }

  private void setNode(int slot, BoundedNode nodeOrNull) {
    nodes[Pages.page(slot)][Pages.at(slot)] = nodeOrNull;
  }

  private int link(int slot, int which) {
    return links[Pages.page(slot)][LINKS * Pages.at(slot) + which];
  }

  private void setLink(int slot, int which, int other) {
    links[Pages.page(slot)][LINKS * Pages.at(slot) + which] = other;
  }
}
