package io.klepto.archive.jdbc.server;

import io.klepto.archive.testkit.attack.AttackPromises;
import io.klepto.archive.testkit.attack.AttackTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server under attack: each folder stands for a database of its own, made when first named. */
final class ServerTarget implements AttackTarget, AutoCloseable {
  private final TestEngine engine;
  private final Map<Path, Database> databases = new ConcurrentHashMap<>();

  ServerTarget(TestEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "jdbc:" + engine.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public URI location(Path folder) {
    return databases.computeIfAbsent(folder, absent -> engine.newDatabase()).location();
  }

  @Override
  public boolean hasFiles() {
    return false;
  }

  @Override
  public AttackPromises promises() {
    return AttackPromises.OF_AN_ENGINE;
  }

  /** Removes the databases. */
  @Override
  public void close() {
    databases.values().forEach(Database::close);
  }
}
