package io.klepto.keymap.code;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The class files that one look at code reads, each once. Not thread-safe, used once. */
final class ClassFiles {
  private final ClassLoader loader;
  private final Map<String, ClassNode> read = new HashMap<>();

  ClassFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Returns the class of an internal name ({@code com/example/Model}), or null if there is none.
   */
  ClassNode find(String internalName) {
    return read.computeIfAbsent(internalName, this::read);
  }

  /**
   * Returns the class of an internal name.
   *
   * @throws IllegalArgumentException if its class file can't be had
   */
  ClassNode require(String internalName) {
    ClassNode found = find(internalName);
    if (found == null) {
      throw new IllegalArgumentException(
          "code version: expected the class file of "
              + internalName.replace('/', '.')
              + " where its class loader has it, found none; classes made at run time have no"
              + " version");
    }
    return found;
  }

  private ClassNode read(String internalName) {
    String resource = internalName + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : loader.getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      ClassNode node = new ClassNode();
      new ClassReader(in).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return node;
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "code version: expected to read the class file of "
              + internalName.replace('/', '.')
              + ", found "
              + e,
          e);
    }
  }

  /** Returns a method that a class declares, or null. */
  static MethodNode method(ClassNode owner, String name, String descriptor) {
    for (MethodNode method : owner.methods) {
      if (method.name.equals(name) && method.desc.equals(descriptor)) {
        return method;
      }
    }
    return null;
  }
}
