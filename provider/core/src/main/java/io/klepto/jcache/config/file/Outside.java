package io.klepto.jcache.config.file;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.function.UnaryOperator;

/**
 * What <code>${NAME}</code> in a file means if the file does not say: the system property of that
 * name, else the environment variable. Read anew each time.
 */
record Outside(UnaryOperator<String> properties, UnaryOperator<String> environment)
    implements ConfigResolver {
  private static final String PROPERTY = "system property ";
  private static final String VARIABLE = "environment variable ";

  static Outside ofThisProcess() {
    return new Outside(System::getProperty, System::getenv);
  }

  /** Returns whether a value comes, at least in part, from outside of the files. */
  static boolean gave(ConfigValue value) {
    String origin = value.origin().description();
    return origin.contains(PROPERTY) || origin.contains(VARIABLE);
  }

  @Override
  public ConfigValue lookup(String path) {
    String name = String.join(".", ConfigUtil.splitPath(path));
    String property = properties.apply(name);
    if (property != null) {
      return ConfigValueFactory.fromAnyRef(property, PROPERTY + name);
    }
    String variable = environment.apply(name);
    return variable == null ? null : ConfigValueFactory.fromAnyRef(variable, VARIABLE + name);
  }

  @Override
  public ConfigResolver withFallback(ConfigResolver fallback) {
    return this; // the fallback is the library's own, which knows nothing
  }
}
