package io.klepto.archive.jdbc.server;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;
import io.klepto.archive.testkit.StoreProcessContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** PostgreSQL keeps the contracts, with records as bytes and in native columns. */
final class PostgresContractTest {
  private static final Map<String, String> NATIVE = Map.of("serialized", "false");

  @Nested
  final class SerializedStores extends StoreContract {
    @Override
    protected StoreFixture newFixture() {
      return new DatabaseFixture(TestEngine.POSTGRES.newDatabase(), Map.of());
    }
  }

  @Nested
  final class NativeStores extends StoreContract {
    @Override
    protected StoreFixture newFixture() {
      return new DatabaseFixture(TestEngine.POSTGRES.newDatabase(), NATIVE);
    }
  }

  @Nested
  final class Processes extends StoreProcessContract {
    @Override
    protected StoreFixture newFixture() {
      return new DatabaseFixture(TestEngine.POSTGRES.newDatabase(), Map.of());
    }
  }

  @Nested
  final class SerializedArchives extends DatabaseArchives {
    SerializedArchives() {
      super(TestEngine.POSTGRES, Map.of());
    }
  }

  @Nested
  final class NativeArchives extends DatabaseArchives {
    NativeArchives() {
      super(TestEngine.POSTGRES, NATIVE);
    }
  }
}
