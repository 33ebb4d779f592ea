package io.klepto.keymap.code;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The walk from a function to what it calls, breadth first, so that each method is met at its least
 * depth. Not thread-safe, used once.
 */
final class CodeWalk {
  private record Step(MethodName method, int depth) {}

  private final ClassFiles files;
  private final Predicate<String> isFollowed;
  private final int maxDepth;
  private final Deque<Step> ahead = new ArrayDeque<>();
  private final Set<MethodName> met = new HashSet<>();
  private final Set<String> wholeClasses = new HashSet<>();
  private final SortedMap<String, String> parts = new TreeMap<>();

  /**
   * Creates a walk.
   *
   * @param isFollowed tells of the internal name of a class whether calls into it are followed
   * @param maxDepth how many calls deep
   */
  CodeWalk(ClassFiles files, Predicate<String> isFollowed, int maxDepth) {
    this.files = files;
    this.isFollowed = isFollowed;
    this.maxDepth = maxDepth;
  }

  /** Begins with a method. */
  void from(MethodName method) {
    meet(method, 0);
  }

  /** Begins with all methods of a class. */
  void fromAllOf(String internalName) {
    meetAll(internalName, 0);
  }

  /** Adds what is no method. */
  void add(String name, String content) {
    parts.put(name, CodeVersion.digestOf(content));
  }

  /** Walks, and returns the digests of all methods that were met. */
  SortedMap<String, String> parts() {
    while (!ahead.isEmpty()) {
      Step step = ahead.poll();
      visit(step.method(), step.depth());
    }
    return parts;
  }

  private void meet(MethodName method, int depth) {
    if (met.add(method)) {
      ahead.add(new Step(method, depth));
    }
  }

  /** Meets what objects of a class can do: which of its methods are called can't be told. */
  private void meetAll(String internalName, int depth) {
    if (!wholeClasses.add(internalName)) {
      return;
    }
    for (MethodNode method : files.require(internalName).methods) {
      if ((method.access & (Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC)) == 0) {
        meet(new MethodName(internalName, method.name, method.desc), depth);
      }
    }
  }

  private void visit(MethodName name, int depth) {
    ClassNode owner = files.require(name.owner());
    MethodNode method = ClassFiles.method(owner, name.name(), name.descriptor());
    if (method == null) {
      throw new IllegalArgumentException(
          "code version: expected the method " + name + " in its class file, found none");
    }
    MethodText text = MethodText.of(files, owner, method);
    String constants = name.name().equals(MethodName.INITIALIZER) ? constantsOf(owner) : "";
    parts.put(name.toString(), CodeVersion.digestOf(constants + text.text()));
    for (String used : text.initialized()) {
      // A class's own initializer is part of what its methods see, however deep.
      if (isFollowed.test(used)) {
        meetInitializer(used, depth);
      }
    }
    if (depth < maxDepth) {
      text.calls().forEach(call -> follow(call, depth + 1));
      for (String created : text.created()) {
        if (isFollowed.test(created) && !isLocalName(created)) {
          meetAll(created, depth + 1);
        }
      }
    }
  }

  private void meetInitializer(String internalName, int depth) {
    ClassNode owner = files.find(internalName);
    if (owner != null && ClassFiles.method(owner, MethodName.INITIALIZER, "()V") != null) {
      meet(MethodName.initializerOf(internalName), depth);
    }
  }

  /** Fields whose constants stand in the class file, not in its initializer. */
  private static String constantsOf(ClassNode owner) {
    SortedMap<String, Object> constants = new TreeMap<>();
    for (FieldNode field : owner.fields) {
      if (field.value != null) {
        constants.put(field.name, field.value);
      }
    }
    return constants.toString();
  }

  private boolean isLocalName(String internalName) {
    ClassNode created = files.find(internalName);
    return created == null
        || created.outerMethod != null
        || created.innerClasses.stream()
            .anyMatch(inner -> inner.name.equals(internalName) && inner.outerName == null);
  }

  private void follow(MethodName call, int depth) {
    if (call.owner().startsWith("[") || !isFollowed.test(call.owner())) {
      return;
    }
    MethodName declared = declared(call.owner(), call);
    if (declared != null) {
      meet(declared, depth);
    }
  }

  /** Returns the method where it is declared: in its class or above; null if not followed there. */
  private MethodName declared(String owner, MethodName call) {
    ClassNode node = owner == null || !isFollowed.test(owner) ? null : files.find(owner);
    if (node == null) {
      return null;
    }
    if (ClassFiles.method(node, call.name(), call.descriptor()) != null) {
      return new MethodName(owner, call.name(), call.descriptor());
    }
    MethodName above = declared(node.superName, call);
    for (int i = 0; above == null && i < node.interfaces.size(); i++) {
      above = declared(node.interfaces.get(i), call);
    }
    return above;
  }
}
