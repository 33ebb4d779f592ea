package io.klepto.examples.bytecode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Which blocks of a method every path to a block passes through.
 *
 * <p>Source: Cooper, Harvey, Kennedy, "A simple, fast dominance algorithm": each block points to
 * its immediate dominator, and the pointers are improved in reverse postorder until none changes.
 * Immutable.
 */
final class Dominators {
  private static final int UNKNOWN = -1;

  /** The immediate dominator of each block; block 0 is its own. */
  private final int[] immediate;

  /** Where each block stands in reverse postorder; what dominates a block stands before it. */
  private final int[] position;

  /** A block on the path from the entry, and what may follow it and was not looked at yet. */
  private record Step(int block, Iterator<Integer> next) {}

  private Dominators(List<Integer> order) {
    this.immediate = new int[order.size()];
    this.position = new int[order.size()];
    Arrays.fill(immediate, UNKNOWN);
    immediate[0] = 0;
    for (int i = 0; i < order.size(); i++) {
      position[order.get(i)] = i;
    }
  }

  static Dominators of(ControlFlow graph) {
    List<Integer> order = reversePostorder(graph);
    List<List<Integer>> predecessors = graph.predecessors();
    Dominators dominators = new Dominators(order);
    boolean changed;
    do {
      changed = false;
      for (int block : order.subList(1, order.size())) {
        changed |= dominators.improve(block, predecessors.get(block));
      }
    } while (changed);
    return dominators;
  }

  /** Returns whether every path from the entry to {@code block} passes through {@code other}. */
  boolean dominates(int other, int block) {
    int candidate = block;
    while (position[candidate] > position[other]) {
      candidate = immediate[candidate];
    }
    return candidate == other;
  }

  private boolean improve(int block, List<Integer> predecessors) {
    int found = UNKNOWN;
    for (int predecessor : predecessors) {
      if (immediate[predecessor] != UNKNOWN) {
        found = found == UNKNOWN ? predecessor : common(found, predecessor);
      }
    }
    boolean changed = found != immediate[block];
    immediate[block] = found;
    return changed;
  }

  /** Returns the nearest block that dominates both. */
  private int common(int left, int right) {
    int a = left;
    int b = right;
    while (a != b) {
      if (position[a] > position[b]) {
        a = immediate[a];
      } else {
        b = immediate[b];
      }
    }
    return a;
  }

  /** Without recursion: the longest methods have thousands of blocks in a row. */
  private static List<Integer> reversePostorder(ControlFlow graph) {
    List<Integer> order = new ArrayList<>(graph.blocks().size());
    BitSet seen = new BitSet(graph.blocks().size());
    Deque<Step> path = new ArrayDeque<>();
    seen.set(0);
    path.push(new Step(0, graph.blocks().get(0).next().iterator()));
    while (!path.isEmpty()) {
      Step step = path.element();
      if (!step.next().hasNext()) {
        order.add(path.pop().block());
        continue;
      }
      int next = step.next().next();
      if (!seen.get(next)) {
        seen.set(next);
        path.push(new Step(next, graph.blocks().get(next).next().iterator()));
      }
    }
    Collections.reverse(order);
    return order;
  }
}
