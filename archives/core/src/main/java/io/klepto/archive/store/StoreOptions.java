package io.klepto.archive.store;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What a store is told when it is opened, beside its location.
 *
 * @param namespace the part of the container that the store owns, any string that is not empty;
 *     usually the name of a cache
 * @param durability what a write must have reached when its call returns; a store that can't give
 *     it refuses to open; empty for the store's own default
 * @param identity what must be the same each time the namespace is opened (keymap, codec): written
 *     when it is created, compared when it is opened, a difference refused
 * @param types the declared types of keys and values, for a store that keeps them in a native form;
 *     they are hints, not part of the identity
 * @param settings what only the one back-end knows
 */
public record StoreOptions(
    String namespace,
    Optional<Durability> durability,
    Map<String, String> identity,
    EntryTypes types,
    StoreSettings settings) {
  /** Copies the identity. */
  public StoreOptions {
    requireNonNull(namespace, "namespace");
    requireNonNull(durability, "durability");
    requireNonNull(types, "types");
    requireNonNull(settings, "settings");
    identity = Map.copyOf(identity);
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("namespace: expected a name, found the empty string");
    }
  }

  /** Creates options for any types, without settings. */
  public StoreOptions(
      String namespace, Optional<Durability> durability, Map<String, String> identity) {
    this(namespace, durability, identity, EntryTypes.ANY, StoreSettings.none());
  }

  /** Returns the same options with other settings. */
  public StoreOptions with(StoreSettings newSettings) {
    return new StoreOptions(namespace, durability, identity, types, newSettings);
  }

  /** Returns the same options with other declared types. */
  public StoreOptions with(EntryTypes newTypes) {
    return new StoreOptions(namespace, durability, identity, newTypes, settings);
  }
}
