package io.klepto.golden.code;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recorded change of a Python function, done to a Java method {@code f} of a class {@code F}.
 *
 * @param before the members of the class before the change
 * @param after and after
 * @param changesResults whether the new code may give other results, so that the version must
 *     change
 */
record Change(String before, String after, boolean changesResults) {
  private static final String SAME = "static int f(int x) { return x; }";
  private static final String PLUS_TWO = "static int f(int x) { return x + 2; }";

  /** Returns the changes by the names that the vectors give them. */
  static Map<String, Change> all() {
    Map<String, Change> all = new LinkedHashMap<>();
    all.put("identical", same(SAME, SAME));
    all.put("parameter renamed", same(SAME, "static int f(int q) { return q; }"));
    all.put("comment added", same(SAME, "static int f(int x) { /* comment */ return x; }"));
    all.put(
        "whitespace / reformat",
        same(
            "static int f(int x) { return x + 1; }",
            "static int f( int x ) {\n return (x\n+ 1); }"));
    all.put("docstring added", same(SAME, "/** doc */ " + SAME));
    all.put("docstring added where a constant is used", same(PLUS_TWO, "/** doc */ " + PLUS_TWO));
    all.put("docstring changed", same("/** one */ " + SAME, "/** two */ " + SAME));
    all.put(
        "local variable renamed",
        same(
            "static int f(int x) { int y = x; return y; }",
            "static int f(int x) { int z = x; return z; }"));
    all.put("decorator line added", same(SAME, "@SuppressWarnings(\"unused\") " + SAME));
    all.put("annotation added", same(SAME, "static int f(@Deprecated int x) { return x; }"));
    all.put("moved to another line in the file", same(SAME, "\n\n\n// moved\n\n" + SAME));
    all.put("dead code after return added", same(SAME, SAME.replace("}", "/* return 2; */ }")));
    all.put(
        "constant expression folded (1+1 to 2)",
        same("static int f(int x) { return x + (1 + 1); }", PLUS_TWO));

    all.put(
        "if/else to ternary", other(branches(), "static int f(int x) { return x != 0 ? 1 : 2; }"));
    all.put("constant value changed", other(PLUS_TWO, PLUS_TWO.replace("2", "3")));
    all.put("string constant changed", other(equal("a"), equal("b")));
    all.put("constant type changed (int to float)", other(number("x + 2"), number("x + 2.0")));
    all.put("operator changed", other(PLUS_TWO, PLUS_TWO.replace('+', '-')));
    all.put(
        "called global function changed name",
        other(number("Math.abs(x)"), number("Math.negateExact(x)")));
    all.put(
        "attribute / method name changed", other(text("x.toLowerCase()"), text("x.toUpperCase()")));
    all.put("callee body changed (caller unchanged)", other(calling("y + 1"), calling("y + 2")));
    all.put("global value changed", other(global(1), global(2)));
    all.put("default value of a parameter changed", other(overloaded(1), overloaded(2)));
    all.put(
        "parameters swapped",
        other(
            "static int f(int x, int y) { return x - y; }",
            "static int f(int y, int x) { return x - y; }"));
    all.put("statement added", other(SAME, "static int f(int x) { int y = x; return y; }"));
    all.put(
        "branches swapped",
        other(branches(), "static int f(int x) { if (x == 0) { return 2; } return 1; }"));
    all.put("condition changed", other(number("x < 2 ? 1 : 0"), number("x > 2 ? 1 : 0")));
    all.put("loop to comprehension", other(loop(), stream()));
    all.put("inner function body changed", other(inner("y + 1"), inner("y * 5")));
    all.put("imported module differs", other(number("Math.abs(x)"), number("StrictMath.abs(x)")));
    return all;
  }

  private static Change same(String before, String after) {
    return new Change(before, after, false);
  }

  private static Change other(String before, String after) {
    return new Change(before, after, true);
  }

  private static String branches() {
    return "static int f(int x) { if (x != 0) { return 1; } else { return 2; } }";
  }

  private static String equal(String constant) {
    return "static boolean f(String x) { return x.equals(\"" + constant + "\"); }";
  }

  private static String number(String expression) {
    return "static double f(int x) { return " + expression + "; }";
  }

  private static String text(String expression) {
    return "static String f(String x) { return " + expression + "; }";
  }

  private static String calling(String body) {
    return "static int h(int y) { return " + body + "; } static int f(int x) { return h(x); }";
  }

  private static String global(int value) {
    return "static int global = " + value + "; static int f(int x) { return x + global; }";
  }

  private static String overloaded(int whenMissing) {
    return "static int f(int x, int y) { return x + y; } static int f(int x) { return f(x, "
        + whenMissing
        + "); }";
  }

  private static String loop() {
    return "static java.util.List<Integer> f(int[] x) { java.util.List<Integer> r = new"
        + " java.util.ArrayList<>(); for (int i : x) { r.add(i); } return r; }";
  }

  private static String stream() {
    return "static java.util.List<Integer> f(int[] x) { return"
        + " java.util.Arrays.stream(x).boxed().toList(); }";
  }

  private static String inner(String body) {
    return "static int f(int x) { java.util.function.IntUnaryOperator g = y -> "
        + body
        + "; return g.applyAsInt(x); }";
  }
}
