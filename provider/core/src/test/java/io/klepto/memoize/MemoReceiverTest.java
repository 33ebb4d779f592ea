package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.keymap.Arguments;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.KeyEncodingException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether the object that a method is called on is part of its keys. */
final class MemoReceiverTest {
  /** Multiplies. */
  public interface Scaling {
    /** Returns a multiple. */
    int times(int x);
  }

  /** By a factor that can change. */
  public static final class Scale implements Scaling, Serializable {
    private static final long serialVersionUID = 1L;

    private int factor;

    Scale(int factor) {
      this.factor = factor;
    }

    @Override
    public int times(int x) {
      return factor * x;
    }
  }

  /** Has an object that has no canonical bytes. */
  public static final class Running implements Scaling {
    private final Thread thread = Thread.currentThread();

    @Override
    public int times(int x) {
      return x * thread.getPriority();
    }
  }

  private static RememberedCalls<Object> remembered(Memoizer memoizer, Scaling receiver)
      throws NoSuchMethodException {
    return memoizer.memoize(receiver.getClass().getMethod("times", int.class), receiver);
  }

  @Test
  void receiver_isNoPartOfTheKeysUnlessAskedFor() throws Exception {
    Scale scale = new Scale(2);
    try (Memoizer memoizer = Memoizer.builder("receivers").build()) {
      RememberedCalls<Object> times = remembered(memoizer, scale);
      assertEquals(6, times.call(3));
      scale.factor = 5;
      assertEquals(6, times.call(3));
    }
  }

  @Test
  void withReceiver_itsContentAtEachCallCounts() throws Exception {
    Scale scale = new Scale(2);
    try (Memoizer memoizer = Memoizer.builder("receivers").withReceiver().build()) {
      RememberedCalls<Object> times = remembered(memoizer, scale);
      assertEquals(6, times.call(3));
      Object before = times.key(3);
      scale.factor = 5;
      assertNotEquals(before, times.key(3));
      assertEquals(15, times.call(3));
      assertEquals(15, times.callWith(Arguments.of(List.of(3), Map.of())));
      scale.factor = 2;
      assertEquals(before, times.key(3));
      assertEquals(6, times.lookup(3));
    }
  }

  @Test
  void withReceiver_theTargetOfAProxyCounts() {
    Scale scale = new Scale(2);
    try (Memoizer memoizer = Memoizer.builder("receivers").withReceiver().build()) {
      Scaling times = memoizer.proxy(Scaling.class, scale);
      assertEquals(6, times.times(3));
      scale.factor = 5;
      assertEquals(15, times.times(3));
    }
  }

  @Test
  void withReceiver_withoutCanonicalBytes_isRefusedAtTheCall() throws Exception {
    try (Memoizer memoizer = Memoizer.builder("receivers").withReceiver().build()) {
      RememberedCalls<Object> times = remembered(memoizer, new Running());
      assertThrows(KeyEncodingException.class, () -> times.call(3));
    }
  }

  @Test
  void receiverThatCountsAndIsIgnored_isRefused() {
    Memoizer memoizer =
        Memoizer.builder("receivers").withReceiver().ignore(Ignored.receiver()).build();
    try (memoizer) {
      assertThrows(IllegalArgumentException.class, () -> remembered(memoizer, new Scale(2)));
    }
  }
}
