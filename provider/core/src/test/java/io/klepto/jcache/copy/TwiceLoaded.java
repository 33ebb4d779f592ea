package io.klepto.jcache.copy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Classes that {@link ClassLoaderTest} loads by loaders of its own. */
public final class TwiceLoaded {
  private TwiceLoaded() {}

  /** Copied in one step. */
  public static final class Flat {
    private String text = "a";

    /** Made by reflection. */
    public Flat() {}

    @Override
    public String toString() {
      return text;
    }
  }

  /** Copied part by part. */
  public static final class Tree {
    private final List<Object> parts = new ArrayList<>();

    /** Made by reflection. */
    public Tree() {
      parts.add(this);
      parts.add(new Pair(new Flat(), new int[1]));
      parts.add(new Flat[] {new Flat()});
      parts.add(Kind.SOME);
    }
  }

  /** A record with something to copy. */
  public record Pair(Flat flat, Object any) {}

  /** A constant with a class of its own. */
  public enum Kind {
    /** The constant. */
    SOME {}
  }

  /** Copied by Java serialization. */
  public static final class Protocol implements Serializable {
    private static final long serialVersionUID = 1;

    private final Kind kind = Kind.SOME;

    /** Made by reflection. */
    public Protocol() {}

    private Object readResolve() {
      return this;
    }

    @Override
    public String toString() {
      return kind.toString();
    }
  }
}
