package io.klepto.jcache.config.file;

import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.util.List;
import java.util.Optional;
import javax.cache.CacheException;

/**
 * The settings of one cache as they were read: all checked, no class loaded yet.
 *
 * <p>Immutable. Shows the place alone.
 */
final class CacheSettings {
  /** Puts one setting into a configuration, with the classes that it names. */
  interface Step {
    void apply(KleptoConfigurationBuilder<Object, Object> builder, NamedClasses classes);
  }

  private final Value whole;
  private final Optional<Value> keyType;
  private final Optional<Value> valueType;
  private final Optional<Value> location;
  private final List<Step> steps;
  private final KleptoConfiguration<Object, Object> trial;

  CacheSettings(
      Value whole,
      Optional<Value> keyType,
      Optional<Value> valueType,
      Optional<Value> location,
      List<Step> steps,
      KleptoConfiguration<Object, Object> trial) {
    this.whole = whole;
    this.keyType = keyType;
    this.valueType = valueType;
    this.location = location;
    this.steps = List.copyOf(steps);
    this.trial = trial;
  }

  /** Returns the configuration without what needs classes. */
  KleptoConfiguration<Object, Object> trial() {
    return trial;
  }

  /** Returns where the settings begin, for messages. */
  String where() {
    return whole.where() + ": " + whole.path();
  }

  /** Returns where the archive is named, for messages; empty if there is none. */
  Optional<String> whereOfArchive() {
    return location.map(value -> value.where() + ": " + value.path());
  }

  /** Returns the key type, if the file names one; loads the class. */
  Optional<Class<?>> keyType(NamedClasses classes) {
    return keyType.map(classes::type);
  }

  /** Returns the value type, if the file names one; loads the class. */
  Optional<Class<?>> valueType(NamedClasses classes) {
    return valueType.map(classes::type);
  }

  /** Returns the whole configuration for keys and values of any type; loads the classes named. */
  @SuppressWarnings("unchecked") // types are checked by who hands the cache out
  KleptoConfiguration<Object, Object> configuration(NamedClasses classes) {
    KleptoConfigurationBuilder<Object, Object> builder =
        KleptoConfiguration.builder(
            (Class<Object>) keyType(classes).orElse(Object.class),
            (Class<Object>) valueType(classes).orElse(Object.class));
    try {
      steps.forEach(step -> step.apply(builder, classes));
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw refused("settings that agree", e.getMessage(), "");
    }
  }

  /** Refuses the settings as a whole. */
  CacheException refused(String expected, String found, String remedy) {
    return whole.refused(expected, found, remedy);
  }

  @Override
  public String toString() {
    return where();
  }
}
