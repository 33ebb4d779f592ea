package io.klepto.examples.bytecode;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The natural loops of a method: how many, and how deeply nested.
 *
 * <p>Source: Aho, Lam, Sethi, Ullman, "Compilers", 9.6: an edge to a block that dominates its own
 * start closes a loop, whose body is everything that reaches the edge without passing the head.
 * Loops with one head are one loop. Cycles with two entries, which javac does not write, are none.
 *
 * @param count how many loops there are
 * @param depth in how many loops the innermost block is
 */
record Loops(int count, int depth) {
  static Loops of(ControlFlow graph) {
    Dominators dominators = Dominators.of(graph);
    List<List<Integer>> predecessors = graph.predecessors();
    Map<Integer, BitSet> bodies = new TreeMap<>();
    for (int block = 0; block < graph.blocks().size(); block++) {
      for (int head : graph.blocks().get(block).next()) {
        if (dominators.dominates(head, block)) {
          grow(bodies.computeIfAbsent(head, Loops::bodyOf), block, predecessors);
        }
      }
    }
    return new Loops(bodies.size(), depth(graph.blocks().size(), bodies.values()));
  }

  private static BitSet bodyOf(int head) {
    BitSet body = new BitSet();
    body.set(head);
    return body;
  }

  /** Adds what reaches the end of the loop; the head is in the body already, and stops the walk. */
  private static void grow(BitSet body, int end, List<List<Integer>> predecessors) {
    Deque<Integer> open = new ArrayDeque<>(List.of(end));
    while (!open.isEmpty()) {
      int block = open.pop();
      if (!body.get(block)) {
        body.set(block);
        open.addAll(predecessors.get(block));
      }
    }
  }

  private static int depth(int blocks, Collection<BitSet> bodies) {
    return IntStream.range(0, blocks)
        .map(block -> (int) bodies.stream().filter(body -> body.get(block)).count())
        .max()
        .orElse(0);
  }
}
