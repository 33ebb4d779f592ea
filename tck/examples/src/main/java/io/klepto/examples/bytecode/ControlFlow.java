package io.klepto.examples.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The control-flow graph of one method: its basic blocks, and which may follow which.
 *
 * <p>A basic block is a longest run of instructions that is entered at its first, left after its
 * last, and under the same exception handlers throughout. Blocks are numbered in the order of the
 * code; block 0 is where the method is entered. Only what can be reached is in the graph.
 * Immutable.
 */
final class ControlFlow {
  private final List<Block> blocks;
  private final BitSet reachable;

  /**
   * One basic block.
   *
   * @param first the index of its first instruction
   * @param last the index of its last instruction
   * @param successors the blocks that may follow when no exception is thrown, each once
   * @param handlers the blocks that may follow when one is, each once
   */
  record Block(int first, int last, List<Integer> successors, List<Integer> handlers) {
    /** Returns every block that may follow. */
    List<Integer> next() {
      return Stream.concat(successors.stream(), handlers.stream()).distinct().toList();
    }
  }

  private ControlFlow(List<Block> blocks, BitSet reachable) {
    this.blocks = blocks;
    this.reachable = reachable;
  }

  /**
   * Builds the graph from the edges between instructions.
   *
   * @param successors for each instruction those that may follow without an exception
   * @param handlers for each instruction the handlers of exceptions that it may throw
   */
  static ControlFlow of(List<Set<Integer>> successors, List<Set<Integer>> handlers) {
    int size = successors.size();
    BitSet reachable = new BitSet(size);
    BitSet entered = new BitSet(size);
    reachable.set(0);
    entered.set(0);
    for (int i = 0; i < size; i++) {
      for (int next : successors.get(i)) {
        reachable.set(next);
        boolean fallsThrough = next == i + 1 && successors.get(i).size() == 1;
        if (!fallsThrough || !handlers.get(i).equals(handlers.get(next))) {
          entered.set(next);
        }
      }
      for (int handler : handlers.get(i)) {
        reachable.set(handler);
        entered.set(handler);
      }
    }
    return new ControlFlow(blocks(successors, handlers, reachable, entered), reachable);
  }

  private static List<Block> blocks(
      List<Set<Integer>> successors,
      List<Set<Integer>> handlers,
      BitSet reachable,
      BitSet entered) {
    int[] blockOf = new int[successors.size()];
    for (int block = 0, i = entered.nextSetBit(0); i >= 0; i = entered.nextSetBit(i + 1)) {
      blockOf[i] = block++;
    }
    List<Block> blocks = new ArrayList<>(entered.cardinality());
    for (int first = 0; first >= 0; first = entered.nextSetBit(first + 1)) {
      int last = first;
      while (reachable.get(last + 1) && !entered.get(last + 1)) {
        last++;
      }
      List<Integer> next = successors.get(last).stream().map(i -> blockOf[i]).toList();
      List<Integer> caught = handlers.get(last).stream().map(i -> blockOf[i]).toList();
      blocks.add(new Block(first, last, next, caught));
    }
    return List.copyOf(blocks);
  }

  List<Block> blocks() {
    return blocks;
  }

  /** Returns for each block those that it may follow. */
  List<List<Integer>> predecessors() {
    List<List<Integer>> predecessors =
        blocks.stream().<List<Integer>>map(block -> new ArrayList<>()).toList();
    for (int block = 0; block < blocks.size(); block++) {
      for (int next : blocks.get(block).next()) {
        predecessors.get(next).add(block);
      }
    }
    return predecessors;
  }

  boolean isReachable(int instruction) {
    return reachable.get(instruction);
  }

  /**
   * Returns the cyclomatic complexity: one, plus one for each way beyond the first out of a block,
   * plus one for each exception handler.
   *
   * <p>Source: McCabe, "A complexity measure", for methods whose returns all lead to one exit.
   * Deviation: a handler counts once, however many instructions it guards.
   */
  int complexity() {
    int complexity = 1;
    BitSet caught = new BitSet(blocks.size());
    for (Block block : blocks) {
      complexity += Math.max(0, block.successors().size() - 1);
      block.handlers().forEach(caught::set);
    }
    return complexity + caught.cardinality();
  }
}
