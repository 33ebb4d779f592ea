package io.klepto.archive.testkit.attack;

/**
 * What a store promises under attack, beyond what binds every one of them: that no value comes out
 * that was not put in, whatever befalls its files, and that nothing acknowledged is lost, changed
 * or revived when processes are killed.
 *
 * @param losesNoDamagedRecord a damaged record is refused by name, and never reads as absent
 * @param seesAllDamage damage that costs a record shows in the listing or in {@code verify}
 * @param revivesNothing damage never brings back what was replaced or removed
 * @param isolatesDamage one damaged byte costs one record at most, unless the archive refuses as a
 *     whole
 * @param repairs after {@code verify} with repair the store is sound, and can be written again
 * @param refusesNoInterruptedCall the calls of a thread that is interrupted succeed as others do
 */
public record AttackPromises(
    boolean losesNoDamagedRecord,
    boolean seesAllDamage,
    boolean revivesNothing,
    boolean isolatesDamage,
    boolean repairs,
    boolean refusesNoInterruptedCall) {
  /** All that can be promised: stores whose files are our own. */
  public static final AttackPromises OF_OWN_FORMAT =
      new AttackPromises(true, true, true, true, true, true);

  /**
   * What a store can promise whose pages are those of an engine, in which rows get lost: that they
   * are missed.
   */
  public static final AttackPromises OF_AN_ENGINE =
      new AttackPromises(false, true, false, false, false, true);

  /**
   * What a store can promise whose engine may open a damaged file in an earlier state, or skip a
   * damaged page, without a word: rows that are lost so are counted in the table, and no more.
   */
  public static final AttackPromises OF_AN_ENGINE_THAT_MISSES_DAMAGE =
      new AttackPromises(false, false, false, false, false, true);
}
