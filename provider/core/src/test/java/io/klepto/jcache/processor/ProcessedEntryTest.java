package io.klepto.jcache.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.processor.ProcessedEntry.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Test;

/** What a processor does to its entry, and what is left to do afterwards. */
final class ProcessedEntryTest {
  private final AtomicInteger copies = new AtomicInteger();
  private final AtomicInteger loads = new AtomicInteger();

  private ProcessedEntry<String, Integer> present(int value) {
    return entry(value, null);
  }

  private ProcessedEntry<String, Integer> absent(Integer loadable) {
    return entry(null, loadable);
  }

  private ProcessedEntry<String, Integer> entry(Integer value, Integer loadable) {
    return new ProcessedEntry<>(
        "k",
        Integer.class,
        value != null,
        () -> {
          copies.incrementAndGet();
          return value;
        },
        () -> {
          loads.incrementAndGet();
          return loadable;
        });
  }

  @Test
  void untouched_isNothing() {
    assertEquals(Outcome.NOTHING, present(1).outcome());
    assertEquals(Outcome.NOTHING, absent(1).outcome());
    assertTrue(present(1).exists());
    assertFalse(absent(1).exists());
  }

  @Test
  void getValue_ofAPresentEntry_isAnAccessAndOneCopy() {
    ProcessedEntry<String, Integer> entry = present(1);
    assertEquals(1, entry.getValue());
    assertEquals(1, entry.getValue());
    assertEquals(Outcome.ACCESSED, entry.outcome());
    assertEquals(1, copies.get());
    assertEquals(0, loads.get());
  }

  @Test
  void getValue_ofAnAbsentEntry_loadsOnceAndExistsThen() {
    ProcessedEntry<String, Integer> entry = absent(7);
    assertEquals(7, entry.getValue());
    assertEquals(7, entry.getValue());
    assertTrue(entry.exists());
    assertEquals(Outcome.LOADED, entry.outcome());
    assertEquals(1, loads.get());
  }

  @Test
  void getValue_ofNoneAtAll_isNull() {
    ProcessedEntry<String, Integer> entry = absent(null);
    assertNull(entry.getValue());
    assertFalse(entry.exists());
    assertEquals(Outcome.NOTHING, entry.outcome());
  }

  @Test
  void setValue_isSeenAtOnceAndLoadsNothing() {
    ProcessedEntry<String, Integer> entry = absent(7);
    entry.setValue(2);
    assertTrue(entry.exists());
    assertEquals(2, entry.getValue());
    assertEquals(Outcome.SET, entry.outcome());
    assertEquals(2, entry.value());
    assertEquals(0, loads.get());
  }

  @Test
  void setValue_ofAWrongType_throwsAndChangesNothing() {
    ProcessedEntry<String, Integer> entry = present(1);
    @SuppressWarnings({"unchecked", "rawtypes"})
    MutableEntry<String, Object> raw = (MutableEntry) entry;
    String message =
        assertThrows(ClassCastException.class, () -> raw.setValue("text")).getMessage();
    assertTrue(message.contains("expected java.lang.Integer, found java.lang.String"), message);
    assertThrows(NullPointerException.class, () -> entry.setValue(null));
    assertEquals(Outcome.NOTHING, entry.outcome());
  }

  @Test
  void remove_ofAPresentEntry_staysWhateverCameBefore() {
    ProcessedEntry<String, Integer> entry = present(1);
    entry.setValue(2);
    entry.remove();
    assertFalse(entry.exists());
    assertNull(entry.getValue());
    assertEquals(Outcome.REMOVED, entry.outcome());
    entry.setValue(3);
    assertEquals(Outcome.SET, entry.outcome());
  }

  @Test
  void remove_ofWhatOnlyTheProcessorMade_isNothing() {
    ProcessedEntry<String, Integer> entry = absent(null);
    entry.setValue(2);
    entry.remove();
    assertFalse(entry.exists());
    assertEquals(Outcome.NOTHING, entry.outcome());
  }

  @Test
  void remove_ofAnAbsentEntry_isToldToTheWriter() {
    ProcessedEntry<String, Integer> entry = absent(7);
    entry.remove();
    assertEquals(Outcome.REMOVED, entry.outcome());
    assertNull(entry.getValue(), "removed is removed, also if a loader has it");
    assertEquals(0, loads.get());
  }

  @Test
  void unwrap_toAnythingElse_throws() {
    ProcessedEntry<String, Integer> entry = present(1);
    assertSame(entry, entry.unwrap(MutableEntry.class));
    assertThrows(IllegalArgumentException.class, () -> entry.unwrap(String.class));
  }

  @Test
  void result_givesTheValueOrThrowsTheFailure() {
    assertEquals("v", ProcessorResult.of("v").get());
    EntryProcessorException failure = new EntryProcessorException("of the processor");
    assertSame(
        failure, assertThrows(EntryProcessorException.class, ProcessorResult.failed(failure)::get));
    IllegalStateException other = new IllegalStateException("of something else");
    assertSame(
        other,
        assertThrows(EntryProcessorException.class, ProcessorResult.failed(other)::get).getCause());
  }
}
