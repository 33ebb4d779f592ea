package io.klepto.examples.bytecode;

/**
 * The metrics of one method's bytecode. Code that can't be reached is not counted.
 *
 * @param name the name of the method
 * @param descriptor its parameters and result as the class file describes them
 * @param instructions how many bytecode instructions it has
 * @param complexity the cyclomatic complexity: one, plus one for each way beyond the first that an
 *     instruction can go, plus one for each exception handler
 * @param loops how many natural loops it has; loops that share their head are one
 * @param loopDepth how deep those loops are nested; 0 without loops
 * @param definitionUses how many pairs there are of an instruction that writes a local variable and
 *     one that may read what was written; what the caller passed has no instruction that writes it
 * @param deadStores how many instructions write a local variable that none reads afterwards
 * @param maxLiveLocals the most local variables, {@code this} and parameters included, whose values
 *     are still needed at one point
 */
public record MethodReport(
    String name,
    String descriptor,
    int instructions,
    int complexity,
    int loops,
    int loopDepth,
    int definitionUses,
    int deadStores,
    int maxLiveLocals) {}
