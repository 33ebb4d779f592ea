package io.klepto.jcache.eviction;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * Random eviction (RR): every resident entry is the victim with equal chance, the newest included.
 *
 * <p>Nodes lie in an array, made of {@linkplain Pages pages}. One that comes is appended; the place
 * of one that goes is taken by the last. During a round the nodes that turned out to be in use lie
 * at the end, where they are not chosen: each has changed places with the last node that can be.
 * They stay there after the round.
 *
 * <p>A hit costs nothing, everything else O(1). The choice is reproducible by its seed as long as
 * calls come one at a time. Thread-safety is that of {@link Evictor}.
 */
final class RandomEvictor extends Evictor {
  private BoundedNode[][] nodes = {new BoundedNode[Pages.LEAST]};
  private int size;
  private int refused;
  private BoundedNode offered;
  private IntUnaryOperator chooser;

  RandomEvictor(long seed) {
    this.chooser = new SplittableRandom(seed)::nextInt;
  }

  /** Replaces the source of choices: of a number of slots, it returns one, counted from 0. */
  void chooseBy(IntUnaryOperator newChooser) {
    this.chooser = newChooser;
  }

  @Override
  boolean recordHit(BoundedNode node) {
    return false;
  }

  @Override
  void add(BoundedNode node) {
    if (size == Pages.capacity(nodes)) {
      nodes = Pages.grown(nodes, 1);
    }
    put(size++, node);
  }

  @Override
  void remove(BoundedNode node) {
    int lastChoosable = size - refused - 1;
    put(node.slot - 1, node(lastChoosable));
    if (refused > 0) {
      put(lastChoosable, node(size - 1));
    }
    set(--size, null);
    node.slot = 0;
    if (node == offered) {
      offered = null;
    }
  }

  @Override
  BoundedNode victim(BoundedNode newest) {
    if (offered != null) {
      int lastChoosable = size - refused - 1;
      put(offered.slot - 1, node(lastChoosable));
      put(lastChoosable, offered);
      refused++;
      offered = null;
    }
    if (refused == size) {
      return null;
    }
    int choosable = size - refused;
    offered = node(Objects.checkIndex(chooser.applyAsInt(choosable), choosable));
    return offered;
  }

  @Override
  void endRound() {
    refused = 0;
    offered = null;
  }

  @Override
  int size() {
    return size;
  }

  private BoundedNode node(int place) {
    return nodes[Pages.page(place)][Pages.at(place)];
  }

  private void put(int place, BoundedNode node) {
    set(place, node);
    node.slot = place + 1;
  }

  private void set(int place, BoundedNode nodeOrNull) {
    nodes[Pages.page(place)][Pages.at(place)] = nodeOrNull;
  }
}
