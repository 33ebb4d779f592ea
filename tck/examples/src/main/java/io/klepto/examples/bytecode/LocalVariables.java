package io.klepto.examples.bytecode;

import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * How a method uses its local variables.
 *
 * @param definitionUses pairs of an instruction that writes a variable and one that may read that
 *     value
 * @param deadStores instructions that write a variable and belong to no pair
 * @param maxLive the most variables that are live at one point
 */
record LocalVariables(int definitionUses, int deadStores, int maxLive) {
  /**
   * Analyzes a method.
   *
   * @param frames for each instruction the values of the variables before it, as ASM found them;
   *     null where it can't be reached
   */
  static LocalVariables of(InsnList code, Frame<SourceValue>[] frames, ControlFlow graph) {
    int definitionUses = 0;
    BitSet written = new BitSet(code.size());
    BitSet read = new BitSet(code.size());
    for (int i = 0; i < code.size(); i++) {
      if (frames[i] == null) {
        continue;
      }
      AbstractInsnNode instruction = code.get(i);
      if (writes(instruction)) {
        written.set(i);
      }
      if (reads(instruction)) {
        SourceValue value = frames[i].getLocal(variable(instruction));
        definitionUses += value.insns.size();
        value.insns.forEach(definition -> read.set(code.indexOf(definition)));
      }
    }
    written.andNot(read);
    return new LocalVariables(
        definitionUses, written.cardinality(), new Liveness(code, graph).max());
  }

  private static boolean reads(AbstractInsnNode instruction) {
    int opcode = instruction.getOpcode();
    return (opcode >= Opcodes.ILOAD && opcode <= Opcodes.ALOAD)
        || opcode == Opcodes.IINC
        || opcode == Opcodes.RET;
  }

  private static boolean writes(AbstractInsnNode instruction) {
    int opcode = instruction.getOpcode();
    return (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) || opcode == Opcodes.IINC;
  }

  private static int variable(AbstractInsnNode instruction) {
    return instruction instanceof IincInsnNode increment
        ? increment.var
        : ((VarInsnNode) instruction).var;
  }

  /**
   * Live variables: those whose value may still be read. Backward over the blocks until nothing
   * changes. A variable that a handler needs is live throughout the blocks that it guards, since
   * any instruction there may throw.
   */
  private static final class Liveness {
    private final InsnList code;
    private final List<ControlFlow.Block> blocks;

    /** The variables that are live where each block is entered. */
    private final BitSet[] liveIn;

    private int max;

    Liveness(InsnList code, ControlFlow graph) {
      this.code = code;
      this.blocks = graph.blocks();
      this.liveIn = new BitSet[blocks.size()];
      for (int block = 0; block < liveIn.length; block++) {
        liveIn[block] = new BitSet();
      }
    }

    /** Returns the most variables that are live before one instruction. */
    int max() {
      boolean changed;
      do {
        changed = false;
        max = 0;
        for (int block = liveIn.length - 1; block >= 0; block--) {
          BitSet live = before(blocks.get(block));
          changed |= !live.equals(liveIn[block]);
          liveIn[block] = live;
        }
      } while (changed);
      return max;
    }

    private BitSet before(ControlFlow.Block block) {
      BitSet caught = new BitSet();
      block.handlers().forEach(handler -> caught.or(liveIn[handler]));
      BitSet live = (BitSet) caught.clone();
      block.successors().forEach(successor -> live.or(liveIn[successor]));
      for (int i = block.last(); i >= block.first(); i--) {
        AbstractInsnNode instruction = code.get(i);
        if (writes(instruction)) {
          int variable = variable(instruction);
          live.set(variable, caught.get(variable));
        }
        if (reads(instruction)) {
          live.set(variable(instruction));
        }
        max = Math.max(max, live.cardinality());
      }
      return live;
    }
  }
}
