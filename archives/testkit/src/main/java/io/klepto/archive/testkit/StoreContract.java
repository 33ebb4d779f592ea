package io.klepto.archive.testkit;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link io.klepto.archive.store.Store} as tests, one nested class for each part of
 * it. A back-end extends this class and supplies the fixture:
 *
 * <pre>{@code
 * final class MyStoreTest extends StoreContract {
 *   protected StoreFixture newFixture() {
 *     return new MyFixture();
 *   }
 * }
 * }</pre>
 *
 * <p>What a store need not do is skipped by its {@link io.klepto.archive.store.Capability}s, damage
 * by the absence of {@link StoreFixture#rawRecords}; a skipped test shows as such.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class StoreContract {
  /** Creates the suite; a back-end's test class extends it. */
  protected StoreContract() {}

  /** Returns a fresh fixture with an empty container; called once for each test. */
  protected abstract StoreFixture newFixture();

  @Nested
  final class SingleCalls extends SingleCallContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }

  @Nested
  final class BulkCalls extends BulkCallContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }

  @Nested
  final class ConditionalCalls extends ConditionalCallContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }

  @Nested
  final class WholeStore extends WholeStoreContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }

  @Nested
  final class Lifecycle extends LifecycleContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }

  @Nested
  final class Threads extends ThreadContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }

  @Nested
  final class KeyLocks extends KeyLockContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }

  @Nested
  final class Stamping extends StampContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }

  @Nested
  final class Damage extends DamageContract {
    @Override
    StoreFixture newFixture() {
      return StoreContract.this.newFixture();
    }
  }
}
