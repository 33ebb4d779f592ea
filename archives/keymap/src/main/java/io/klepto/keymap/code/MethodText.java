package io.klepto.keymap.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The instructions of one method as text that is the same however the class file was laid out, and
 * the names of what they use.
 *
 * <p>Labels are numbered in their order, constants stand where they are used. What the compiler
 * named stands with its content in place of its name: bodies of lambdas, accessors and other
 * synthetic methods, anonymous and local classes. So inserting a lambda elsewhere in the class
 * changes nothing here, changing one inside does. Lines, variables' names, stack maps and generic
 * signatures are not looked at.
 *
 * <p>Not thread-safe, used once.
 */
final class MethodText {
  private static final int COUNTING_FLAGS =
      Opcodes.ACC_STATIC | Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT;

  private final ClassFiles files;
  private final StringBuilder text = new StringBuilder();
  private final Set<MethodName> calls = new LinkedHashSet<>();
  private final Set<String> initialized = new LinkedHashSet<>();
  private final Set<String> created = new LinkedHashSet<>();
  private final Map<Object, Integer> inlined = new HashMap<>();

  private MethodText(ClassFiles files) {
    this.files = files;
  }

  /** Returns the text of a method. */
  static MethodText of(ClassFiles files, ClassNode owner, MethodNode method) {
    MethodText text = new MethodText(files);
    text.inlined.put(nameOf(owner, method), 0);
    text.append(owner, method);
    return text;
  }

  String text() {
    return text.toString();
  }

  /** Returns the methods that are called or referred to, apart from those whose content is here. */
  Set<MethodName> calls() {
    return calls;
  }

  /** Returns the classes whose static fields or methods are used. */
  Set<String> initialized() {
    return initialized;
  }

  /** Returns the classes of which objects are made. */
  Set<String> created() {
    return created;
  }

  private static MethodName nameOf(ClassNode owner, MethodNode method) {
    return new MethodName(owner.name, method.name, method.desc);
  }

  private void append(ClassNode owner, MethodNode method) {
    text.append(method.access & COUNTING_FLAGS).append(' ');
    text.append(descriptor(owner, method.desc)).append(" {\n");
    Map<LabelNode, Integer> labels = numbered(method);
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      text.append("try ").append(labels.get(block.start)).append(' ');
      text.append(labels.get(block.end)).append(' ').append(labels.get(block.handler));
      text.append(' ').append(block.type == null ? "any" : type(owner, block.type)).append('\n');
    }
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof LabelNode label && labels.containsKey(label)) {
        text.append(labels.get(label)).append(":\n");
      } else if (instruction.getOpcode() >= 0) {
        text.append(instruction.getOpcode()).append(' ');
        appendOperands(owner, instruction, labels);
        text.append('\n');
      }
    }
    text.append("}\n");
  }

  /** Numbers the labels that something goes to, in their order. */
  private static Map<LabelNode, Integer> numbered(MethodNode method) {
    Set<LabelNode> used = new LinkedHashSet<>();
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      used.addAll(List.of(block.start, block.end, block.handler));
    }
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof JumpInsnNode jump) {
        used.add(jump.label);
      } else if (instruction instanceof TableSwitchInsnNode choice) {
        used.add(choice.dflt);
        used.addAll(choice.labels);
      } else if (instruction instanceof LookupSwitchInsnNode choice) {
        used.add(choice.dflt);
        used.addAll(choice.labels);
      }
    }
    Map<LabelNode, Integer> numbers = new HashMap<>();
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof LabelNode label && used.contains(label)) {
        numbers.put(label, numbers.size());
      }
    }
    return numbers;
  }

  private void appendOperands(
      ClassNode owner, AbstractInsnNode instruction, Map<LabelNode, Integer> labels) {
    if (instruction instanceof VarInsnNode variable) {
      text.append(variable.var);
    } else if (instruction instanceof IntInsnNode number) {
      text.append(number.operand);
    } else if (instruction instanceof IincInsnNode increment) {
      text.append(increment.var).append(' ').append(increment.incr);
    } else if (instruction instanceof LdcInsnNode constant) {
      appendConstant(owner, constant.cst);
    } else if (instruction instanceof JumpInsnNode jump) {
      text.append(labels.get(jump.label));
    } else if (instruction instanceof TableSwitchInsnNode choice) {
      text.append(choice.min).append(' ').append(choice.max).append(' ');
      appendLabels(choice.labels, choice.dflt, labels);
    } else if (instruction instanceof LookupSwitchInsnNode choice) {
      text.append(choice.keys).append(' ');
      appendLabels(choice.labels, choice.dflt, labels);
    } else if (instruction instanceof FieldInsnNode field) {
      appendField(owner, field.getOpcode(), field.owner, field.name, field.desc);
    } else if (instruction instanceof MethodInsnNode call) {
      appendCall(owner, call.getOpcode() == Opcodes.INVOKESTATIC, call.owner, call.name, call.desc);
    } else if (instruction instanceof InvokeDynamicInsnNode call) {
      appendDynamic(owner, call.name, call.desc, call.bsm, call.bsmArgs);
    } else if (instruction instanceof TypeInsnNode type) {
      if (type.getOpcode() == Opcodes.NEW) {
        created.add(type.desc);
      }
      text.append(type(owner, type.desc));
    } else if (instruction instanceof MultiANewArrayInsnNode array) {
      text.append(descriptor(owner, array.desc)).append(' ').append(array.dims);
    }
  }

  private void appendLabels(
      List<LabelNode> targets, LabelNode otherwise, Map<LabelNode, Integer> labels) {
    targets.forEach(target -> text.append(labels.get(target)).append(' '));
    text.append(labels.get(otherwise));
  }

  private void appendField(
      ClassNode owner, int opcode, String fieldOwner, String name, String descriptor) {
    boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
    if (isStatic && !isLocal(owner, fieldOwner)) {
      initialized.add(fieldOwner);
    }
    text.append(type(owner, fieldOwner)).append('.').append(name).append(' ');
    text.append(descriptor(owner, descriptor));
  }

  private void appendCall(
      ClassNode owner, boolean isStatic, String callee, String name, String descriptor) {
    MethodNode synthetic = syntheticMethod(callee, name, descriptor);
    if (synthetic != null) {
      appendInlined(new MethodName(callee, name, descriptor), files.find(callee), synthetic);
      return;
    }
    if (!isLocal(owner, callee)) {
      calls.add(new MethodName(callee, name, descriptor));
      if (isStatic) {
        initialized.add(callee);
      }
    }
    text.append(type(owner, callee)).append('.').append(name);
    text.append(descriptor(owner, descriptor));
  }

  /** Returns a method that the compiler made, so that its name says nothing; null for others. */
  private MethodNode syntheticMethod(String callee, String name, String descriptor) {
    if (callee.startsWith("[") || !name.contains("$")) {
      return null;
    }
    ClassNode declaring = files.find(callee);
    MethodNode method = declaring == null ? null : ClassFiles.method(declaring, name, descriptor);
    return method != null && (method.access & Opcodes.ACC_SYNTHETIC) != 0 ? method : null;
  }

  private void appendInlined(Object name, ClassNode owner, MethodNode method) {
    Integer before = inlined.putIfAbsent(name, inlined.size());
    if (before != null) {
      text.append("again ").append(before);
    } else {
      append(owner, method);
    }
  }

  private void appendDynamic(
      ClassNode owner, String name, String descriptor, Handle bootstrap, Object... arguments) {
    text.append("dynamic ").append(name).append(descriptor(owner, descriptor)).append(' ');
    appendConstant(owner, bootstrap);
    for (Object argument : arguments) {
      text.append(' ');
      appendConstant(owner, argument);
    }
  }

  private void appendConstant(ClassNode owner, Object constant) {
    if (constant instanceof Type type) {
      boolean isMethod = type.getSort() == Type.METHOD;
      text.append(isMethod ? "method type " : "class ");
      text.append(descriptor(owner, type.getDescriptor()));
    } else if (constant instanceof Handle handle) {
      text.append("handle ").append(handle.getTag()).append(' ');
      if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
        boolean isStatic = handle.getTag() >= Opcodes.H_GETSTATIC;
        int opcode = isStatic ? Opcodes.GETSTATIC : Opcodes.GETFIELD;
        appendField(owner, opcode, handle.getOwner(), handle.getName(), handle.getDesc());
      } else {
        boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
        if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
          created.add(handle.getOwner());
        }
        appendCall(owner, isStatic, handle.getOwner(), handle.getName(), handle.getDesc());
      }
    } else if (constant instanceof ConstantDynamic dynamic) {
      Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = dynamic.getBootstrapMethodArgument(i);
      }
      appendDynamic(
          owner,
          dynamic.getName(),
          dynamic.getDescriptor(),
          dynamic.getBootstrapMethod(),
          arguments);
    } else {
      String shown = constant.toString();
      // The length keeps texts apart that hold what looks like instructions.
      text.append(constant.getClass().getSimpleName()).append(' ');
      text.append(shown.length()).append(' ').append(shown);
    }
  }

  /** Returns a descriptor with the names that the compiler gave replaced. */
  private String descriptor(ClassNode owner, String descriptor) {
    if (descriptor.indexOf('$') < 0) {
      return descriptor;
    }
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < descriptor.length()) {
      char c = descriptor.charAt(at);
      if (c == 'L') {
        int end = descriptor.indexOf(';', at);
        shown.append('L').append(type(owner, descriptor.substring(at + 1, end))).append(';');
        at = end + 1;
      } else {
        shown.append(c);
        at++;
      }
    }
    return shown.toString();
  }

  /** Returns the name of a class, or for one that the compiler named, its content. */
  private String type(ClassNode owner, String internalName) {
    if (internalName.startsWith("[")) {
      return descriptor(owner, internalName);
    }
    if (!isLocal(owner, internalName)) {
      return internalName;
    }
    Integer before = inlined.putIfAbsent(internalName, inlined.size());
    if (before != null) {
      return "local " + before;
    }
    int start = text.length();
    ClassNode local = files.require(internalName);
    text.append("local {").append(type(local, local.superName)).append(' ');
    local.interfaces.forEach(implemented -> text.append(type(local, implemented)).append(' '));
    List<MethodNode> methods = new ArrayList<>(local.methods);
    methods.sort(Comparator.comparing(method -> method.name + method.desc));
    for (MethodNode method : methods) {
      if ((method.access & Opcodes.ACC_BRIDGE) == 0
          && inlined.putIfAbsent(nameOf(local, method), inlined.size()) == null) {
        text.append(method.name).append(' ');
        append(local, method);
      }
    }
    text.append('}');
    String content = text.substring(start);
    text.setLength(start);
    return content;
  }

  /** Returns whether a class is anonymous, local, or the compiler's own. */
  private boolean isLocal(ClassNode owner, String internalName) {
    if (internalName.indexOf('$') < 0) {
      return false;
    }
    for (InnerClassNode inner : owner.innerClasses) {
      if (inner.name.equals(internalName)) {
        return inner.outerName == null;
      }
    }
    return false;
  }
}
