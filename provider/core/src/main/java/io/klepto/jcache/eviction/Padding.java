package io.klepto.jcache.eviction;

/**
 * 128 bytes in front of the fields of a subclass, so that writing those does not take away from
 * other processors the cache line of whatever lies before them in memory.
 *
 * <p>A class that needs room behind its fields as well is made through a nested subclass that has
 * nothing but room. The virtual machine lays out the fields of a superclass first, which is what
 * this relies on; the int fills the gap that it may leave behind the header.
 */
@SuppressWarnings("unused")
abstract class Padding {
  private int room00;
  private long room01;
  private long room02;
  private long room03;
  private long room04;
  private long room05;
  private long room06;
  private long room07;
  private long room08;
  private long room09;
  private long room10;
  private long room11;
  private long room12;
  private long room13;
  private long room14;
  private long room15;
}
