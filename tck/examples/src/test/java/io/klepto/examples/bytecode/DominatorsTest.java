package io.klepto.examples.bytecode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DominatorsTest {
  private static final int NONE = -1;

  @Test
  void randomGraphs_agreeWithTheDefinition() {
    long seed = new Random().nextLong();
    System.out.println("DominatorsTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      ControlFlow graph = randomGraph(random);
      Dominators dominators = Dominators.of(graph);
      for (int other = 0; other < graph.blocks().size(); other++) {
        BitSet without = reached(graph, other);
        for (int block = 0; block < graph.blocks().size(); block++) {
          assertEquals(
              !without.get(block),
              dominators.dominates(other, block),
              "round " + round + ": " + other + " dominates " + block + " in " + graph.blocks());
        }
      }
    }
  }

  private static ControlFlow randomGraph(Random random) {
    int size = 1 + random.nextInt(20);
    List<Set<Integer>> successors = sets(size);
    List<Set<Integer>> handlers = sets(size);
    for (int edge = random.nextInt(3 * size); edge > 0; edge--) {
      successors.get(random.nextInt(size)).add(random.nextInt(size));
    }
    for (int edge = random.nextInt(size); edge > 0; edge--) {
      handlers.get(random.nextInt(size)).add(random.nextInt(size));
    }
    BitSet reached = new BitSet();
    reach(0, successors, handlers, reached);
    for (int i = 0; i < size; i++) {
      if (!reached.get(i)) {
        successors.get(i).clear();
        handlers.get(i).clear();
      }
    }
    return ControlFlow.of(successors, handlers);
  }

  private static void reach(
      int from, List<Set<Integer>> successors, List<Set<Integer>> handlers, BitSet reached) {
    if (!reached.get(from)) {
      reached.set(from);
      successors.get(from).forEach(next -> reach(next, successors, handlers, reached));
      handlers.get(from).forEach(next -> reach(next, successors, handlers, reached));
    }
  }

  /** Returns what the entry reaches when one block is taken out. */
  private static BitSet reached(ControlFlow graph, int without) {
    BitSet reached = new BitSet();
    reach(without == 0 ? NONE : 0, graph, without, reached);
    return reached;
  }

  private static void reach(int block, ControlFlow graph, int without, BitSet reached) {
    if (block != NONE && block != without && !reached.get(block)) {
      reached.set(block);
      graph.blocks().get(block).next().forEach(next -> reach(next, graph, without, reached));
    }
  }

  private static List<Set<Integer>> sets(int size) {
    return Stream.<Set<Integer>>generate(TreeSet::new).limit(size).toList();
  }
}
