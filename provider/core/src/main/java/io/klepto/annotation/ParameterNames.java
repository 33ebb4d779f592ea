package io.klepto.annotation;

import io.klepto.keymap.Arguments;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.KeyMarker;
import io.klepto.keymap.Signature;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.cache.CacheException;

/** The names of a method's parameters, and which of them do not count. Immutable. */
final class ParameterNames {
  private final Method method;
  private final Optional<Signature> named;

  ParameterNames(Method method) {
    this.method = method;
    this.named = signature(method);
  }

  /** Returns the signature with all names, or empty if one is missing. */
  private static Optional<Signature> signature(Method method) {
    Signature.Builder builder = Signature.builder(method.toString());
    for (Parameter parameter : method.getParameters()) {
      ParameterName given = parameter.getAnnotation(ParameterName.class);
      if (given == null && !parameter.isNamePresent()) {
        return Optional.empty();
      }
      String name = given == null ? parameter.getName() : given.value();
      if (parameter.isVarArgs()) {
        builder.surplusPositional(name);
      } else {
        builder.parameter(name);
      }
    }
    return Optional.of(builder.build());
  }

  /**
   * Returns the positions of the parameters that do not count.
   *
   * @param strict whether the method must have all that is to be ignored
   * @throws CacheException if it has not, or if names are asked for and unknown
   */
  BitSet positions(Ignored ignored, boolean strict) {
    Signature signature = named.orElseGet(() -> Signature.unnamed(method.toString()));
    try {
      if (strict || named.isEmpty()) {
        ignored.requireFitting(signature);
      }
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          "method %s: expected parameters to ignore by %s, found %s; %s"
              .formatted(
                  method,
                  ignored,
                  named.isPresent() ? signature.parameters() : "no names of parameters",
                  named.isPresent()
                      ? "name one of them, or use another key generator for this method"
                      : "compile its class with -parameters, or name them with @ParameterName"),
          e);
    }
    return ignored(ignored, signature);
  }

  private BitSet ignored(Ignored ignored, Signature signature) {
    List<String> names = signature.parameters();
    int count = method.getParameterCount();
    Map<String, Object> byName = new TreeMap<>();
    names.forEach(name -> byName.put(name, null));
    List<Object> surplus = Collections.nCopies(count - names.size(), null);
    Arguments left = ignored.apply(signature, Arguments.of(surplus, byName));
    BitSet positions = new BitSet(count);
    for (int position = 0; position < count; position++) {
      int beyond = position - names.size();
      boolean counts =
          beyond < 0
              ? left.named().get(names.get(position)) != KeyMarker.IGNORED
              : beyond < left.positional().size()
                  && left.positional().get(beyond) != KeyMarker.IGNORED;
      positions.set(position, !counts);
    }
    return positions;
  }
}
