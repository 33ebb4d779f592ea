/**
 * The computation that is worth remembering: metrics of the bytecode of one class, a pure function
 * of its class file. Start reading at {@link io.klepto.examples.bytecode.ClassAnalyzer}; the
 * classes to feed it are found by {@link io.klepto.examples.bytecode.ClassSource}.
 */
package io.klepto.examples.bytecode;
