package io.klepto.archive.testkit.attack;

/**
 * How long and with which seed an attack is made.
 *
 * @param seed of all that is drawn
 * @param rounds of killing processes
 * @param openings of archives that are made by several at the same instant
 * @param steps of one user of the store
 * @param cases of one kind of damage
 * @param faults at which of the changes of a run something fails, at most
 * @param images of the disk that a crash leaves, at most
 */
record AttackScale(
    long seed, int rounds, int openings, int steps, int cases, int faults, int images) {
  private static final String SEED = "klepto.attack.seed";
  private static final String ROUNDS = "klepto.attack.rounds";
  private static final int SOAK_ROUNDS = 100;
  private static final long SMALL_SEED = 1;

  /**
   * Returns the scale of a normal run, which draws the same each time unless a seed is given: a
   * build fails for what was changed, and long runs find what is new.
   */
  static AttackScale small(AttackTarget target) {
    return new AttackScale(Long.getLong(SEED, SMALL_SEED), 4, 8, 24, target.casesEach(), 50, 160);
  }

  /**
   * Returns the scale of a long run: each byte and length of a small file, and as many rounds as
   * the system property {@code klepto.attack.rounds} says, 100 if unset.
   */
  static AttackScale soak() {
    int rounds = Integer.getInteger(ROUNDS, SOAK_ROUNDS);
    return new AttackScale(
        Long.getLong(SEED, System.nanoTime()),
        rounds,
        2 * rounds,
        3 * rounds,
        1_000 * rounds,
        20 * rounds,
        100 * rounds);
  }

  /** Returns what a message needs for doing it again. */
  String told() {
    return "-D" + SEED + "=" + seed;
  }
}
