package io.klepto.jcache.jvm;

/**
 * Whether this program was compiled ahead of time, by GraalVM's {@code native-image}: then no class
 * can be defined while it runs, hidden ones and proxies of interfaces that were not named included.
 */
public final class NativeImage {
  private static final String SET_BY_THE_IMAGE = "org.graalvm.nativeimage.imagecode";

  private NativeImage() {}

  /** Returns whether classes are all that there will ever be, here or in the image being built. */
  public static boolean isOne() {
    return System.getProperty(SET_BY_THE_IMAGE) != null;
  }
}
