package io.klepto.archive.testkit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What a {@link ConcurrentMap} promises, as tests that are not ours: the suite of Guava's testlib
 * for the view {@link Archive#asMap}, with no, one and several entries. A back-end passes it by a
 * subclass that says how to open an archive.
 *
 * <pre>{@code
 * final class SomeMapTest extends GuavaMapContract {
 *   @TempDir Path folder;
 *
 *   @Override
 *   public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
 *     return Archives.open(URI.create("some:" + folder.toUri().getRawPath()), configuration);
 *   }
 * }
 * }</pre>
 *
 * <p>One archive serves all tests; each begins with {@code clear}. The suite starts some thousand
 * walks, so that a back-end is slow here if it is slow to begin one.
 */
public abstract class GuavaMapContract implements ArchiveFixture {
  /** Creates the suite. */
  protected GuavaMapContract() {}

  /** Opens an archive of the back-end under test. */
  @Override
  public abstract <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration);

  /** Runs the suite over one archive, and closes that at the end. */
  @TestFactory
  final Stream<DynamicNode> view_passesTheSuiteForConcurrentMaps() {
    Archive<String, String> archive =
        open(ArchiveConfiguration.builder(String.class, String.class).namespace("guava").build());
    TestSuite suite =
        ConcurrentMapTestSuiteBuilder.using(new ArchivedMaps(archive))
            .named("archive as map")
            .withFeatures(
                MapFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionSize.ANY)
            .createTestSuite();
    return nodesOf(suite).onClose(archive::close);
  }

  /** Returns the tests of a suite for JUnit 5, which runs them one after the other. */
  private static Stream<DynamicNode> nodesOf(TestSuite suite) {
    return Collections.list(suite.tests()).stream().map(GuavaMapContract::nodeOf);
  }

  private static DynamicNode nodeOf(Test test) {
    if (test instanceof TestSuite suite) {
      return dynamicContainer(suite.getName(), nodesOf(suite));
    }
    if (test instanceof TestCase testCase) {
      return dynamicTest(testCase.getName(), testCase::runBare);
    }
    throw new IllegalArgumentException(
        "expected a suite or a test case, found a " + test.getClass().getName());
  }

  /** Makes the maps of the suite, all of them views of one archive. */
  private static final class ArchivedMaps extends TestStringMapGenerator {
    private final Archive<String, String> archive;

    ArchivedMaps(Archive<String, String> archive) {
      this.archive = archive;
    }

    @Override
    protected ConcurrentMap<String, String> create(Map.Entry<String, String>[] entries) {
      Map<String, String> filled = new LinkedHashMap<>();
      for (Map.Entry<String, String> entry : entries) {
        filled.put(entry.getKey(), entry.getValue());
      }
      archive.clear();
      archive.putAll(filled);
      return archive.asMap();
    }
  }
}
