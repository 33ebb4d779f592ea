package io.klepto.keymap.code;

import java.util.StringJoiner;
import org.objectweb.asm.Type;

/**
 * A method as class files name it.
 *
 * @param owner the internal name of a class
 * @param name the name of the method
 * @param descriptor its parameters and result
 */
record MethodName(String owner, String name, String descriptor) {
  static final String INITIALIZER = "<clinit>";

  static MethodName initializerOf(String owner) {
    return new MethodName(owner, INITIALIZER, "()V");
  }

  /** Returns the name as people read it, {@code com.example.Model.fit(double[])}. */
  @Override
  public String toString() {
    StringJoiner parameters = new StringJoiner(", ", "(", ")");
    for (Type parameter : Type.getArgumentTypes(descriptor)) {
      parameters.add(parameter.getClassName());
    }
    return owner.replace('/', '.') + "." + name + parameters;
  }
}
