/**
 * The recorded behaviour of the real klepto, replayed through our cache. Start with {@link
 * io.klepto.golden.PolicyReplayTest}.
 *
 * <p>Three parties do every operation: the {@linkplain io.klepto.golden.Recording vectors}, the
 * {@linkplain io.klepto.golden.ReferenceCache definition} of what is right, and the {@linkplain
 * io.klepto.golden.ReplayedCache cache under test}.
 */
package io.klepto.golden;
