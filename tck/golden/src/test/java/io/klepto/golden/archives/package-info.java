/**
 * The recorded behaviour of klepto's archives, replayed through ours. Start with {@link
 * io.klepto.golden.archives.ArchiveReplayTest}.
 *
 * <p>Three parties do every operation: the {@linkplain io.klepto.golden.archives.Run vectors}, the
 * definition of what is right ({@link io.klepto.golden.archives.RightArchive}, {@link
 * io.klepto.golden.archives.RightCache}), and the archive under test ({@link
 * io.klepto.golden.archives.ReplayedArchive}, {@link io.klepto.golden.archives.ReplayedCache}).
 */
package io.klepto.golden.archives;
