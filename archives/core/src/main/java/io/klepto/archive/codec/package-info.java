/**
 * Codecs: objects as bytes. {@link io.klepto.archive.codec.Codec} is the contract, {@link
 * io.klepto.archive.codec.Codecs} the factory, {@link io.klepto.archive.codec.ClassAllowList} what
 * keeps foreign classes out.
 *
 * <p>The default begins in {@code KryoCodec}; its format is drawn in {@code KryoGraph}, {@code
 * ClassTable} and {@code StreamClass}.
 */
package io.klepto.archive.codec;
