/**
 * Attacks on stores: processes killed, bytes flipped, files cut, disks full, power lost, threads
 * interrupted. A back-end extends {@link io.klepto.archive.testkit.attack.AttackContract} and
 * supplies an {@link io.klepto.archive.testkit.attack.AttackTarget}; the result is a table of how
 * many records were lost, wrong, missing without notice, or revived.
 *
 * <p>The attacks are one class each; {@code ExpectedEntries} judges what they leave of a store, by
 * the steps of a {@code Script} that were acknowledged.
 */
package io.klepto.archive.testkit.attack;
