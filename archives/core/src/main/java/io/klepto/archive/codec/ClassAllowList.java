package io.klepto.archive.codec;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.CallKey;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyMarker;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The classes that archive bytes may name: the declared types, their packages, the JDK's value
 * types, and what the configuration adds.
 *
 * <p>Decided by name, so that nothing is loaded before it is allowed; asked when objects are
 * encoded as well, so that nothing is written that can't be read back. An array is allowed if its
 * component is, an enum constant with a body if its enum is. The package of a declared type is not
 * implied if the type is of the JDK: {@code Object} allows nothing.
 *
 * <p>Immutable, so any number of threads may ask.
 */
public final class ClassAllowList {
  /** What the keys of keymaps and of annotated methods consist of, beside values of the JDK. */
  private static final Set<String> KEYS =
      Set.of(CallKey.class.getName(), KeyBytes.class.getName(), KeyMarker.class.getName());

  private final Set<String> names = new HashSet<>();
  private final Set<String> packages = new HashSet<>();
  private final Set<String> trees = new HashSet<>();

  private ClassAllowList() {}

  /**
   * Returns the list for declared types and configured patterns.
   *
   * @param declaredTypes the declared types of keys and values
   * @param patterns {@code a.b.C} for one class (a nested one is {@code a.b.C$D}), {@code a.b.*}
   *     for a package and those below it
   * @throws IllegalArgumentException if a pattern is neither
   */
  public static ClassAllowList of(
      Collection<? extends Class<?>> declaredTypes, Collection<String> patterns) {
    ClassAllowList list = new ClassAllowList();
    for (Class<?> declared : declaredTypes) {
      list.addDeclared(declared);
    }
    for (String pattern : patterns) {
      list.addPattern(pattern);
    }
    return list;
  }

  private void addDeclared(Class<?> declared) {
    Class<?> type = declared;
    while (type.isArray()) {
      type = type.getComponentType();
    }
    names.add(type.getName());
    if (!ClassNames.isOfJdk(type)) {
      packages.add(type.getPackageName());
    }
  }

  private void addPattern(String pattern) {
    requireNonNull(pattern, "pattern");
    boolean tree = pattern.endsWith(".*");
    String name = tree ? pattern.substring(0, pattern.length() - 2) : pattern;
    if (!isQualifiedName(name)) {
      throw new IllegalArgumentException(
          "allow: expected a class name or a package followed by .*, found \"" + pattern + "\"");
    }
    if (tree) {
      trees.add(name);
    } else {
      names.add(name);
    }
  }

  private static boolean isQualifiedName(String name) {
    boolean start = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (start ? !Character.isJavaIdentifierStart(c) : !isNamePart(c)) {
        return false;
      }
      start = c == '.';
    }
    return !start;
  }

  private static boolean isNamePart(char c) {
    return c == '.' || Character.isJavaIdentifierPart(c);
  }

  /**
   * Returns whether a class may be named.
   *
   * @param className the name as {@link Class#getName} gives it, not of an array
   */
  public boolean allows(String className) {
    if (names.contains(className)
        || KEYS.contains(className)
        || JdkValueTypes.contains(className)) {
      return true;
    }
    int dot = className.lastIndexOf('.');
    if (packages.contains(dot < 0 ? "" : className.substring(0, dot))) {
      return true;
    }
    while (dot > 0) {
      if (trees.contains(className.substring(0, dot))) {
        return true;
      }
      dot = className.lastIndexOf('.', dot - 1);
    }
    return false;
  }

  /** Refuses what is not allowed, by the setting that would allow it. */
  void check(String className) {
    if (!allows(className)) {
      throw refusal(className);
    }
  }

  static ArchiveException refusal(String className) {
    if (className.equals("java.lang.invoke.SerializedLambda")) {
      return new ArchiveException(
          "a lambda can't be archived: its class has no lasting name; use a named class");
    }
    return new ArchiveException(
        "class "
            + className
            + " is not allowed in archived records; if its bytes can be trusted, add"
            + " ArchiveConfiguration.builder(...).allow(\""
            + className
            + "\"), or for a cache KleptoConfiguration.builder(...).allow(\""
            + className
            + "\")");
  }
}
