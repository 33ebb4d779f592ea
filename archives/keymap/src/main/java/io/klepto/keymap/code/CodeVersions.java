package io.klepto.keymap.code;

import static java.util.Objects.requireNonNull;

import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyEncodingException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.objectweb.asm.Type;

/**
 * Looks at the bytecode of functions and says which version it is.
 *
 * <p><b>What counts:</b> instructions, constants, the names of what is called and of fields,
 * handlers of exceptions; bodies of lambdas, anonymous and local classes that the code contains;
 * values that a lambda captured and fields of a function object. And for calls into the packages
 * that are followed, to the depth that is set: the code of what is called, static initializers of
 * classes whose static members are used, and all methods of classes of which objects are made,
 * since which of them run can't be told.
 *
 * <p><b>What does not:</b> line numbers, names of variables, debug information, the order of the
 * constant pool and of members, comments, and the names that the compiler made.
 *
 * <p><b>What can't be seen:</b> code outside the packages that are followed, code reached by
 * reflection or through an interface whose implementation was made elsewhere, native code, and the
 * values of fields that are not captured. Two compilers that choose other instructions for one
 * source make two versions: javac 17 and 25 agree but for switches over patterns and enums, and for
 * references to an enclosing object that the newer one leaves out where nobody uses it.
 *
 * <p><b>What it needs:</b> ASM, {@code org.ow2.asm:asm-tree}, which the application adds to its
 * dependencies; nothing else here needs it.
 *
 * <p>Source: autocache's bytecode keys, which miss constants, callees and closures. Immutable and
 * safe for use by many threads; each call reads class files, some 0.1 ms for each class.
 */
public final class CodeVersions {
  /** As javac names the body of a lambda: of a method, with a digest if serialisable, numbered. */
  private static final String LAMBDA = "lambda\\$(.*?)(\\$[0-9a-f]{1,8})?\\$\\d+\\(";

  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final Set<String> packages;
  private final int depth;

  private CodeVersions(Builder builder) {
    this.packages = new LinkedHashSet<>(builder.packages);
    this.depth = builder.depth;
  }

  /**
   * Returns versions that follow calls within the package of the function, at any depth.
   *
   * @throws IllegalStateException if ASM is not there
   */
  public static CodeVersions standard() {
    return builder().build();
  }

  /** Starts versions that follow other packages, or less deep. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the version of a method.
   *
   * @throws IllegalArgumentException if a class file that takes part can't be had or read
   */
  public CodeVersion of(Method method) {
    Class<?> owner = method.getDeclaringClass();
    CodeWalk walk = walk(owner);
    walk.from(
        new MethodName(
            Type.getInternalName(owner), method.getName(), Type.getMethodDescriptor(method)));
    return CodeVersion.of(walk.parts());
  }

  /**
   * Returns the version of all that a class does.
   *
   * @throws IllegalArgumentException if a class file that takes part can't be had or read
   */
  public CodeVersion of(Class<?> type) {
    CodeWalk walk = walk(type);
    walk.fromAllOf(Type.getInternalName(type));
    return CodeVersion.of(walk.parts());
  }

  /**
   * Returns the version of a function object: of the code of a lambda or method reference and the
   * values that it captured, or of the class of another object and the values of its fields.
   *
   * @param function a serialisable lambda or method reference, or an object of a class that has a
   *     class file; what it holds has canonical bytes
   * @throws IllegalArgumentException if it is a lambda that is not serialisable, so that its code
   *     can't be found; if what it holds has no canonical bytes; or if a class file can't be had
   */
  public CodeVersion ofFunction(Object function) {
    requireNonNull(function, "function");
    Class<?> type = function.getClass();
    if (!type.isHidden() && !type.isSynthetic()) {
      CodeWalk walk = walk(type);
      walk.fromAllOf(Type.getInternalName(type));
      walk.add("values of " + type.getName(), fieldsOf(function).toString());
      return CodeVersion.of(walk.parts());
    }
    if (!(function instanceof Serializable)) {
      throw new IllegalArgumentException(
          "code version of "
              + type.getName()
              + ": expected a serialisable lambda, whose code can be found, found one that is not;"
              + " give it a target type that extends Serializable, or give the method itself");
    }
    return ofLambda(type, serialized(function));
  }

  private CodeVersion ofLambda(Class<?> type, SerializedLambda lambda) {
    String owner = lambda.getImplClass();
    CodeWalk walk =
        new CodeWalk(
            new ClassFiles(type.getClassLoader()), followed(owner.replace('/', '.')), depth);
    MethodName body =
        new MethodName(owner, lambda.getImplMethodName(), lambda.getImplMethodSignature());
    if (followed(owner.replace('/', '.')).test(owner)) {
      walk.from(body);
    }
    walk.add("function", body.name().startsWith("lambda$") ? "lambda" : body.toString());
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      walk.add("captured value " + i, String.valueOf(bytesOf(lambda.getCapturedArg(i), type)));
    }
    TreeMap<String, String> parts = new TreeMap<>();
    // The compiler's number of the lambda says nothing, nor does its digest of where it stands.
    walk.parts()
        .forEach((name, digest) -> parts.put(name.replaceAll(LAMBDA, "lambda in $1("), digest));
    return CodeVersion.of(parts);
  }

  private CodeWalk walk(Class<?> type) {
    return new CodeWalk(new ClassFiles(type.getClassLoader()), followed(type.getName()), depth);
  }

  /** Returns what tells of an internal name whether calls into that class are followed. */
  private Predicate<String> followed(String className) {
    Set<String> prefixes = new LinkedHashSet<>();
    if (packages.isEmpty()) {
      int dot = className.lastIndexOf('.');
      prefixes.add(dot < 0 ? "" : className.substring(0, dot).replace('.', '/') + "/");
    }
    packages.forEach(name -> prefixes.add(name.replace('.', '/') + "/"));
    return internalName ->
        prefixes.stream()
            .anyMatch(
                prefix ->
                    prefix.isEmpty()
                        ? internalName.indexOf('/') < 0
                        : internalName.startsWith(prefix));
  }

  private static SerializedLambda serialized(Object function) {
    try {
      Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      return (SerializedLambda) writeReplace.invoke(function);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "code version of "
              + function.getClass().getName()
              + ": expected a lambda or an object of a class with a class file, found neither",
          e);
    }
  }

  private static Map<String, String> fieldsOf(Object function) {
    Map<String, String> values = new TreeMap<>();
    for (Class<?> type = function.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          values.put(
              type.getName() + "." + field.getName(), String.valueOf(valueOf(field, function)));
        }
      }
    }
    return values;
  }

  private static String valueOf(Field field, Object function) {
    try {
      field.setAccessible(true);
      return bytesOf(field.get(function), function.getClass());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          "code version of "
              + function.getClass().getName()
              + ": expected to read the field "
              + field.getName()
              + ", found "
              + e.getMessage(),
          e);
    }
  }

  private static String bytesOf(Object value, Class<?> holder) {
    if (value == null) {
      return "null";
    }
    try {
      KeyBytes bytes = CanonicalEncoder.standard().encode(value);
      return bytes.sha256Hex();
    } catch (KeyEncodingException e) {
      throw new IllegalArgumentException(
          "code version of "
              + holder.getName()
              + ": expected captured values with canonical bytes, found a "
              + value.getClass().getName()
              + "; pass it as an argument, or version the method instead",
          e);
    }
  }

  @Override
  public String toString() {
    return "code versions of "
        + (packages.isEmpty() ? "the function's package" : packages)
        + (depth == UNLIMITED ? "" : " to depth " + depth);
  }

  /** Builds {@link CodeVersions}. Not thread-safe. */
  public static final class Builder {
    private final Set<String> packages = new LinkedHashSet<>();
    private int depth = UNLIMITED;

    private Builder() {}

    /**
     * Follows calls into these packages and those below them; unless set, into the package of the
     * function and those below.
     */
    public Builder packages(String... names) {
      for (String name : names) {
        if (requireNonNull(name, "name").isBlank()) {
          throw new IllegalArgumentException("packages: expected a name, found \"" + name + "\"");
        }
        packages.add(name);
      }
      return this;
    }

    /**
     * Follows calls so deep; any depth unless set.
     *
     * @param calls 0 for the code of the function alone
     */
    public Builder depth(int calls) {
      if (calls < 0) {
        throw new IllegalArgumentException("depth: expected at least 0 calls, found " + calls);
      }
      depth = calls;
      return this;
    }

    /**
     * Returns the versions; later changes to this builder do not reach them.
     *
     * @throws IllegalStateException if ASM is not there
     */
    public CodeVersions build() {
      CodeVersions versions = new CodeVersions(this);
      AsmLibrary.require(versions);
      return versions;
    }
  }
}
