package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = Turns.of();

  @Test
  void turnsOneAtATime_ofChangingThreads_areNoOverlap() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      turn();
      inAnotherThread(this::turn);
    }
    assertEquals(0, turns.epoch());
    assertEquals(201, turns.tick());
  }

  @Test
  void turnWithinAnothersTurn_beginsEpochsAboveAllTicks() throws InterruptedException {
    long tick = turns.tick();
    long me = turns.begin();
    inAnotherThread(this::turn);
    assertEquals(0, turns.epoch());
    turns.end(me);
    long first = turns.epoch();
    assertTrue(first > tick);
    assertEquals(first + 1, turns.nextEpoch());
    assertEquals(first + 1, turns.epoch());
  }

  @Test
  void epochs_onceBegun_stay() throws InterruptedException {
    long me = turns.begin();
    inAnotherThread(this::turn);
    turns.end(me);
    long next = turns.nextEpoch();
    long again = turns.begin();
    inAnotherThread(this::turn);
    turns.end(again);
    assertEquals(next, turns.epoch());
  }

  private void turn() {
    long me = turns.begin();
    turns.tick();
    turns.end(me);
  }

  private static void inAnotherThread(Runnable task) throws InterruptedException {
    Thread thread = new Thread(task);
    thread.start();
    thread.join();
  }
}
