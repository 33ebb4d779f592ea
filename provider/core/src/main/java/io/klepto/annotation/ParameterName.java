package io.klepto.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a parameter, where the class file has none or another: what {@link
 * KeymapKeyGenerator.Builder#ignore} knows it by. Without it, the name in the source counts, if the
 * class was compiled with {@code -parameters}.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface ParameterName {
  /** Returns the name. */
  String value();
}
