package io.klepto.jcache.entry;

import io.klepto.jcache.entry.NodeTableTest.HashedKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What several threads did to a table and what they saw, and whether there is an order of these
 * calls, each at one moment between its begin and its end, in which a table used by one thread
 * would have answered the same. Keys don't influence each other, so each is judged alone.
 *
 * <p>Source: Wing and Gong, "Testing and Verifying Concurrent Objects" (1993): try as the next any
 * call that began before the first end of those left, and never twice from the same state.
 */
final class NodeTableHistory {
  private static final int KEYS = 3;

  private final NodeTable table;
  private final AtomicLong clock = new AtomicLong();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  private enum Verb {
    FIND,
    ADD,
    REMOVE
  }

  /**
   * One call.
   *
   * @param subject the node that was added or removed, else null
   * @param answer the node that was found, else null
   */
  private record Call(Verb verb, HashedKey key, Node subject, Node answer, long begin, long end) {}

  NodeTableHistory(NodeTable table) {
    this.table = table;
  }

  /** Adds other nodes, to the chains of the keys too, so that the table grows several times. */
  void fill() {
    for (int i = 0; i < 300; i++) {
      table.putIfAbsent(new Node(new HashedKey(2_000 + i, i % 4 + 64 * (i % 5))));
    }
  }

  /** Makes random calls; any number of threads may at once. */
  void act(Random random, int count) {
    List<Node> known = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = random.nextInt(KEYS);
      HashedKey key = new HashedKey(number, number % 2);
      Verb verb = Verb.values()[random.nextInt(Verb.values().length)];
      Node subject =
          switch (verb) {
            case FIND -> null;
            case ADD -> new Node(key);
            case REMOVE -> known.isEmpty() ? null : known.get(random.nextInt(known.size()));
          };
      if (verb == Verb.REMOVE && subject == null) {
        continue;
      }
      long begin = clock.getAndIncrement();
      Node answer = null;
      switch (verb) {
        case FIND -> answer = table.find(key);
        case ADD -> answer = table.putIfAbsent(subject);
        case REMOVE -> table.remove(subject);
      }
      long end = clock.getAndIncrement();
      if (answer != null) {
        known.add(answer);
      } else if (verb == Verb.ADD) {
        known.add(subject);
      }
      HashedKey about = verb == Verb.REMOVE ? (HashedKey) subject.key() : key;
      calls.add(new Call(verb, about, subject, answer, begin, end));
    }
  }

  boolean isLinearizable() {
    Map<HashedKey, List<Call>> byKey = new HashMap<>();
    calls.forEach(call -> byKey.computeIfAbsent(call.key(), key -> new ArrayList<>()).add(call));
    return byKey.values().stream()
        .allMatch(each -> isLinearizable(each, (1L << each.size()) - 1, null, new HashSet<>()));
  }

  /** The calls that are left, as bits, and the node that is there. */
  private record State(long left, Node present) {}

  private static boolean isLinearizable(
      List<Call> calls, long left, Node present, Set<State> tried) {
    if (left == 0) {
      return true;
    }
    if (!tried.add(new State(left, present))) {
      return false;
    }
    long firstEnd = Long.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      if ((left & (1L << i)) != 0) {
        firstEnd = Math.min(firstEnd, calls.get(i).end());
      }
    }
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      if ((left & (1L << i)) != 0 && call.begin() < firstEnd && agrees(call, present)) {
        if (isLinearizable(calls, left & ~(1L << i), after(call, present), tried)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean agrees(Call call, Node present) {
    return call.verb() == Verb.REMOVE || call.answer() == present;
  }

  private static Node after(Call call, Node present) {
    return switch (call.verb()) {
      case FIND -> present;
      case ADD -> present == null ? call.subject() : present;
      case REMOVE -> present == call.subject() ? null : present;
    };
  }

  @Override
  public String toString() {
    return calls.toString();
  }
}
