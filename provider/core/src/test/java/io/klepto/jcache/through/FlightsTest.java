package io.klepto.jcache.through;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import io.klepto.jcache.through.Flights.Claim;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One flight a key, until it lands or is superseded. */
final class FlightsTest {
  private final Flights<String> flights = new Flights<>();

  @Test
  void claim_whileUnderWay_isTheSameFlight() {
    Claim<String> mine = flights.claim("k");
    Claim<String> joined = flights.claim("k");
    assertTrue(mine.mine());
    assertFalse(joined.mine());
    assertSame(mine.flight(), joined.flight());
    assertTrue(flights.claim("j").mine());
    assertEquals(Set.of("j", "k"), flights.keys());
  }

  @Test
  void claim_afterLanding_isANewFlight() {
    Claim<String> first = flights.claim("k");
    flights.land("k", first.flight());
    assertTrue(flights.claim("k").mine());
  }

  @Test
  void supersede_leavesWaitersTheirAnswerAndNewcomersANewFlight() {
    Claim<String> old = flights.claim("k");
    flights.supersede("k");
    assertTrue(old.flight().isSuperseded());
    Claim<String> fresh = flights.claim("k");
    assertTrue(fresh.mine());
    assertFalse(fresh.flight().isSuperseded());
    old.flight().complete(Fetched.loaded("old"));
    assertEquals("old", old.flight().await().value());
  }

  @Test
  void landing_ofASupersededFlight_leavesTheNewOneUnderWay() {
    Claim<String> old = flights.claim("k");
    flights.supersede("k");
    Claim<String> fresh = flights.claim("k");
    flights.land("k", old.flight());
    assertSame(fresh.flight(), flights.claim("k").flight());
  }

  @Test
  void claimAnew_supersedesWhatIsUnderWay() {
    Claim<String> old = flights.claim("k");
    Claim<String> fresh = flights.claimAnew("k");
    assertTrue(fresh.mine());
    assertNotSame(old.flight(), fresh.flight());
    assertTrue(old.flight().isSuperseded());
    assertFalse(fresh.flight().isSuperseded());
    assertSame(fresh.flight(), flights.claim("k").flight());
  }

  @Test
  void supersedeAll_reachesEachAndEmptiesTheTable() {
    Claim<String> one = flights.claim("a");
    Claim<String> two = flights.claim("b");
    flights.supersedeAll();
    assertTrue(one.flight().isSuperseded());
    assertTrue(two.flight().isSuperseded());
    assertEquals(Set.of(), flights.keys());
  }

  @Test
  void await_ofOnesOwnUnfinishedFlight_throws() {
    Flight<String> flight = flights.claim("the key").flight();
    String message = assertThrows(IllegalStateException.class, flight::await).getMessage();
    assertTrue(message.contains("the key"), message);
    flight.complete(Fetched.nothing());
    assertSame(Fetched.nothing(), flight.await());
  }

  @Test
  void await_givesTheFailureAsItIs() throws Exception {
    Flight<String> flight = flights.claim("k").flight();
    Crew.Member<Fetched<String>> waiter = Crew.start(flight::await);
    IllegalArgumentException failure = new IllegalArgumentException("no database");
    flight.fail(failure);
    assertSame(failure, assertThrows(IllegalArgumentException.class, waiter::result));

    Flight<String> broken = flights.claim("j").flight();
    StackOverflowError error = new StackOverflowError("for the test");
    broken.fail(error);
    assertSame(error, assertThrows(StackOverflowError.class, broken::await));
  }

  @Test
  void fail_afterCompletion_doesNothing() {
    Flight<String> flight = flights.claim("k").flight();
    flight.complete(Fetched.loaded("v"));
    flight.fail(new IllegalArgumentException("too late"));
    assertEquals("v", flight.await().value());
  }

  @Test
  void watch_knowsWhatChangedSinceItBegan() {
    flights.changed("before");
    try (Flights.Watch watch = flights.watch()) {
      flights.changed("changed");
      flights.supersede("superseded");
      assertFalse(watch.isChanged("before"));
      assertTrue(watch.isChanged("changed"));
      assertTrue(watch.isChanged("superseded"));
      assertFalse(watch.isChanged("another"));
    }
  }

  @Test
  void watch_everythingSuperseded_takesEveryKeyForChanged() {
    try (Flights.Watch watch = flights.watch()) {
      flights.supersedeAll();
      assertTrue(watch.isChanged("any"));
    }
  }

  @Test
  void watch_thatEnded_isToldNothingWhileOthersAre() {
    try (Flights.Watch lasting = flights.watch()) {
      Flights.Watch ended = flights.watch();
      ended.close();
      flights.changed("k");
      assertFalse(ended.isChanged("k"));
      assertTrue(lasting.isChanged("k"));
    }
  }
}
