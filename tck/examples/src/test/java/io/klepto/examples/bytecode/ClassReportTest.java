package io.klepto.examples.bytecode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassReportTest {
  private static final ClassName NAME = new ClassName("m", "p.C");
  private static final MethodReport METHOD = new MethodReport("f", "()V", 1, 2, 3, 4, 5, 6, 7);

  @Test
  void digest_changesWithEveryPart() {
    List<ClassReport> reports =
        List.of(
            new ClassReport(NAME, List.of()),
            new ClassReport(NAME, List.of(METHOD)),
            new ClassReport(NAME, List.of(METHOD, METHOD)),
            new ClassReport(new ClassName("m2", "p.C"), List.of(METHOD)),
            new ClassReport(new ClassName("m", "p.D"), List.of(METHOD)),
            of(new MethodReport("g", "()V", 1, 2, 3, 4, 5, 6, 7)),
            of(new MethodReport("f", "()I", 1, 2, 3, 4, 5, 6, 7)),
            of(new MethodReport("f", "()V", 0, 2, 3, 4, 5, 6, 7)),
            of(new MethodReport("f", "()V", 1, 0, 3, 4, 5, 6, 7)),
            of(new MethodReport("f", "()V", 1, 2, 0, 4, 5, 6, 7)),
            of(new MethodReport("f", "()V", 1, 2, 3, 0, 5, 6, 7)),
            of(new MethodReport("f", "()V", 1, 2, 3, 4, 0, 6, 7)),
            of(new MethodReport("f", "()V", 1, 2, 3, 4, 5, 0, 7)),
            of(new MethodReport("f", "()V", 1, 2, 3, 4, 5, 6, 0)));
    Set<String> digests = new HashSet<>();
    reports.forEach(report -> digests.add(HexFormat.of().formatHex(report.digest())));
    assertEquals(reports.size(), digests.size());
  }

  @Test
  void digest_isTheSameInEveryRun() {
    // printf 'm/p.C\t\nf\t()V\t1\t2\t3\t4\t5\t6\t7\t\n' | sha256sum
    assertEquals(
        "8f1877a691ae3ed4d94e4341deec21149d9f648c8c17731dcb7a68d63c0a82d9",
        HexFormat.of().formatHex(of(METHOD).digest()));
  }

  @Test
  void total_sumsOverMethods() {
    assertEquals(4, new ClassReport(NAME, List.of(METHOD, METHOD)).total(MethodReport::complexity));
  }

  private static ClassReport of(MethodReport method) {
    return new ClassReport(NAME, List.of(method));
  }
}
