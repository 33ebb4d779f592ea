package io.klepto.jcache.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The classes and members that the code of a jar reaches by name: by variable handles of fields,
 * and by {@code Class.forName} of a constant with the {@code getMethod}s that follow it. Names that
 * are no constants where they are used are not seen.
 */
record ReflectiveUses(Map<String, Set<String>> members) {
  /** Reads all classes beside one of them. */
  static ReflectiveUses in(Class<?> inside) throws Exception {
    ReflectiveUses uses = new ReflectiveUses(new TreeMap<>());
    Path home = Path.of(inside.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(home)) {
      uses.readAll(home);
    } else {
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + home.toUri()), Map.of())) {
        uses.readAll(jar.getPath("/"));
      }
    }
    return uses;
  }

  private void readAll(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files.filter(file -> file.toString().endsWith(".class")).forEach(this::read);
    }
  }

  private void read(Path classFile) {
    ClassNode node = new ClassNode();
    try {
      new ClassReader(Files.readAllBytes(classFile)).accept(node, ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    node.methods.forEach(this::read);
  }

  private void read(MethodNode method) {
    String named = null;
    for (AbstractInsnNode step : method.instructions) {
      if (!(step instanceof MethodInsnNode call)) {
        continue;
      }
      if (call.name.equals("findVarHandle")) {
        String field = (String) constantBefore(call, String.class);
        Type owner = (Type) ownerBefore(call);
        of(owner.getClassName()).add(field);
      } else if (call.owner.equals("java/lang/Class") && call.name.equals("forName")) {
        named = (String) constantBefore(call, String.class);
        if (named != null) {
          of(named);
        }
      } else if (call.owner.equals("java/lang/Class")
          && call.name.equals("getMethod")
          && named != null) {
        of(named).add((String) constantBefore(call, String.class));
      }
    }
  }

  private Set<String> of(String type) {
    return members.computeIfAbsent(type, absent -> new TreeSet<>());
  }

  /**
   * Returns the constant that was last loaded before a call, or null if another call was between.
   */
  private static Object constantBefore(AbstractInsnNode call, Class<?> type) {
    for (AbstractInsnNode step = call.getPrevious(); step != null; step = step.getPrevious()) {
      if (step instanceof LdcInsnNode load && type.isInstance(load.cst)) {
        return load.cst;
      }
      if (step instanceof MethodInsnNode between && !between.name.equals("getClassLoader")) {
        return null;
      }
    }
    return null;
  }

  /** Returns the class that was loaded before the name of a field. */
  private static Object ownerBefore(AbstractInsnNode call) {
    AbstractInsnNode step = call.getPrevious();
    while (!(step instanceof LdcInsnNode load && load.cst instanceof String)) {
      step = step.getPrevious();
    }
    return constantBefore(step, Type.class);
  }
}
