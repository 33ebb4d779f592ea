package io.klepto.examples.bytecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class ClassAnalyzerTest {
  private static final ClassName NAME = new ClassName("test", Shapes.class.getName());

  @Test
  void straightLine_hasComplexityOne() throws IOException {
    // iload a, iload b, iadd, istore c, iload c, iconst_2, imul, ireturn
    assertEquals(new MethodReport("straight", "(II)I", 8, 1, 0, 0, 1, 0, 2), shape("straight"));
  }

  @Test
  void condition_addsOne() throws IOException {
    // iload, ifle, iload, ireturn; iload, ineg, ireturn
    assertEquals(new MethodReport("choose", "(I)I", 7, 2, 0, 0, 0, 0, 1), shape("choose"));
  }

  @Test
  void loop_isFoundAndItsVariablesAreTracked() throws IOException {
    // Two stores and an increment; five reads of sum and i, each from before or from the last
    // round.
    assertEquals(new MethodReport("sum", "(I)I", 15, 2, 1, 1, 10, 0, 3), shape("sum"));
  }

  @Test
  void nestedLoops_areTwoDeep() throws IOException {
    MethodReport pairs = shape("pairs");
    assertEquals(4, pairs.complexity());
    assertEquals(2, pairs.loops());
    assertEquals(2, pairs.loopDepth());
    assertEquals(4, pairs.maxLiveLocals());
  }

  @Test
  void switch_countsDistinctTargets() throws IOException {
    // Four labels and the default, but 3 and 4 lead to one place: four ways.
    assertEquals(new MethodReport("dispatch", "(I)I", 10, 4, 0, 0, 0, 0, 1), shape("dispatch"));
  }

  @Test
  void handler_addsOneAndItsUnusedExceptionIsADeadStore() throws IOException {
    assertEquals(
        new MethodReport("caught", "(Ljava/lang/String;)I", 6, 2, 0, 0, 0, 1, 1), shape("caught"));
  }

  @Test
  void variableNeededByHandler_isLiveThroughoutWhatItGuards() throws IOException {
    MethodReport report = shape("neededByHandler");
    // The handler may see each of the three stores, as all three are followed or done by guarded
    // code; the exception itself is never read.
    assertEquals(3, report.definitionUses());
    assertEquals(1, report.deadStores());
    assertEquals(2, report.maxLiveLocals());
  }

  @Test
  void overwrittenValue_isADeadStore() throws IOException {
    assertEquals(new MethodReport("forget", "(I)I", 6, 1, 0, 0, 1, 1, 1), shape("forget"));
  }

  @Test
  void wideVariable_countsOnce() throws IOException {
    assertEquals(new MethodReport("wide", "(J)J", 8, 1, 0, 0, 1, 0, 2), shape("wide"));
  }

  @Test
  void endlessLoop_isALoopWithoutDecision() throws IOException {
    assertEquals(new MethodReport("forever", "()V", 1, 1, 1, 1, 0, 0, 0), shape("forever"));
  }

  @Test
  void methodWithoutCode_isLeftOut() throws IOException {
    List<String> names = shapes().methods().stream().map(MethodReport::name).toList();
    assertEquals(
        Arrays.stream(Shapes.class.getDeclaredMethods())
            .map(method -> method.getName())
            .filter(name -> !name.equals("withoutCode"))
            .sorted()
            .toList(),
        names.stream().filter(name -> !name.equals("<init>")).sorted().toList());
  }

  @Test
  void unreachableCode_isNotCounted() {
    MethodReport report =
        assembled(
            method -> {
              method.visitInsn(Opcodes.RETURN);
              method.visitInsn(Opcodes.NOP);
              method.visitInsn(Opcodes.RETURN);
            });
    assertEquals(1, report.instructions());
  }

  @Test
  void cycleWithTwoEntries_isNoNaturalLoop() {
    MethodReport report =
        assembled(
            method -> {
              Label one = new Label();
              Label other = new Label();
              method.visitInsn(Opcodes.ICONST_0);
              method.visitJumpInsn(Opcodes.IFEQ, other);
              method.visitLabel(one);
              method.visitInsn(Opcodes.NOP);
              method.visitLabel(other);
              method.visitJumpInsn(Opcodes.GOTO, one);
            });
    assertEquals(2, report.complexity());
    assertEquals(0, report.loops());
  }

  @Test
  void sameBytes_giveEqualReports() {
    ClassSource source = ClassSource.ofRunningJdk();
    ClassName name = new ClassName("java.base", "java.util.HashMap");
    assertEquals(
        ClassAnalyzer.analyze(name, source.bytes(name)),
        ClassAnalyzer.analyze(name, source.bytes(name)));
  }

  @Test
  void newerClassFile_isRefusedByName() throws IOException {
    byte[] classFile = classFile();
    classFile[6] = 0x7f;
    String message =
        assertThrows(IllegalArgumentException.class, () -> ClassAnalyzer.analyze(NAME, classFile))
            .getMessage();
    assertTrue(message.contains(NAME.toString()), message);
    assertTrue(message.contains("major version"), message);
  }

  @Test
  void truncatedClassFile_isRefusedByName() throws IOException {
    byte[] classFile = Arrays.copyOf(classFile(), 200);
    String message =
        assertThrows(IllegalArgumentException.class, () -> ClassAnalyzer.analyze(NAME, classFile))
            .getMessage();
    assertTrue(message.contains(NAME.toString()), message);
  }

  private interface Code {
    void write(MethodVisitor method);
  }

  private static MethodReport assembled(Code code) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, "Assembled", null, "java/lang/Object", null);
    MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "method", "()V", null, null);
    method.visitCode();
    code.write(method);
    method.visitMaxs(1, 0);
    method.visitEnd();
    writer.visitEnd();
    return ClassAnalyzer.analyze(NAME, writer.toByteArray()).methods().get(0);
  }

  private static MethodReport shape(String method) throws IOException {
    return shapes().methods().stream()
        .filter(report -> report.name().equals(method))
        .findFirst()
        .orElseThrow();
  }

  private static ClassReport shapes() throws IOException {
    return ClassAnalyzer.analyze(NAME, classFile());
  }

  private static byte[] classFile() throws IOException {
    try (InputStream in = Shapes.class.getResourceAsStream("Shapes.class")) {
      return in.readAllBytes();
    }
  }
}
