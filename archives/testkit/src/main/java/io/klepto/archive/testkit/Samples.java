package io.klepto.archive.testkit;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** Classes of keys and values that the suite writes. */
final class Samples {
  private Samples() {}

  /** An enum with a constant that is a class of its own. */
  enum Color {
    RED,
    GREEN {
      @Override
      boolean isWarm() {
        return false;
      }
    };

    boolean isWarm() {
      return true;
    }
  }

  /** A record in a record. */
  record Point(int x, double y) implements Serializable {}

  /** A record with collections. */
  record Shape(String name, Color color, List<Point> points, Map<String, Object> attributes)
      implements Serializable {}

  /** A class of private fields, in a cycle with its other. */
  static class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private Part other;

    Part(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    Part other() {
      return other;
    }

    void join(Part newOther) {
      other = newOther;
    }
  }

  /** A subclass with a field of the same name as its superclass's. */
  static final class NamedPart extends Part {
    private static final long serialVersionUID = 1L;

    private final String name;

    NamedPart(String name) {
      super("super-" + name);
      this.name = name;
    }

    String ownName() {
      return name;
    }
  }
}
