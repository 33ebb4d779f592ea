package io.klepto.examples.bytecode;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * ASM's symbolic execution of one method, which also notes where control can go from each
 * instruction.
 *
 * <p>Afterwards {@link #getFrames} has, for each instruction that can be reached, which
 * instructions may have produced the value of each local variable: reaching definitions. For one
 * thread and one method.
 */
final class FlowAnalyzer extends Analyzer<SourceValue> {
  private List<Set<Integer>> successors;
  private List<Set<Integer>> handlers;

  FlowAnalyzer() {
    super(new SourceInterpreter());
  }

  @Override
  protected void init(String owner, MethodNode method) throws AnalyzerException {
    successors = emptySets(method.instructions.size());
    handlers = emptySets(method.instructions.size());
  }

  @Override
  protected void newControlFlowEdge(int instruction, int successor) {
    successors.get(instruction).add(successor);
  }

  @Override
  protected boolean newControlFlowExceptionEdge(int instruction, int handler) {
    handlers.get(instruction).add(handler);
    return true;
  }

  /** Returns where control could go in the method just analyzed. */
  ControlFlow graph() {
    return ControlFlow.of(successors, handlers);
  }

  private static List<Set<Integer>> emptySets(int size) {
    return Stream.<Set<Integer>>generate(TreeSet::new).limit(size).toList();
  }
}
