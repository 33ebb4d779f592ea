package io.klepto.examples.bytecode;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The metrics of one class: the result that is remembered.
 *
 * @param className the class
 * @param methods its methods that have code, in the order of the class file
 */
public record ClassReport(ClassName className, List<MethodReport> methods) {
  /** Checks that both are there, and copies the list. */
  public ClassReport {
    requireNonNull(className, "className");
    methods = List.copyOf(methods);
  }

  /** Returns a metric summed over the methods. */
  public long total(ToIntFunction<MethodReport> metric) {
    return methods.stream().mapToLong(metric::applyAsInt).sum();
  }

  /**
   * Returns the SHA-256 of everything in this report, by which two runs can be compared: 32 bytes,
   * the same in every JVM.
   */
  public byte[] digest() {
    MessageDigest digest = Sha256.start();
    addLine(digest, className);
    for (MethodReport method : methods) {
      addLine(
          digest,
          method.name(),
          method.descriptor(),
          method.instructions(),
          method.complexity(),
          method.loops(),
          method.loopDepth(),
          method.definitionUses(),
          method.deadStores(),
          method.maxLiveLocals());
    }
    return digest.digest();
  }

  /** Names can't hold a tab or line feed in Java source, and javac writes none. */
  private static void addLine(MessageDigest digest, Object... fields) {
    for (Object field : fields) {
      digest.update(field.toString().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\t');
    }
    digest.update((byte) '\n');
  }
}
