package io.klepto.examples.bytecode;

/**
 * Methods whose metrics can be counted by hand. Only what every javac translates alike: no strings
 * joined, no lambdas.
 */
@SuppressWarnings("unused")
abstract class Shapes {
  private Shapes() {}

  static int straight(int a, int b) {
    int c = a + b;
    return c * 2;
  }

  static int choose(int a) {
    if (a > 0) {
      return a;
    }
    return -a;
  }

  static int sum(int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
      sum += i;
    }
    return sum;
  }

  static int pairs(int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (j % 2 == 0) {
          count++;
        }
      }
    }
    return count;
  }

  static int dispatch(int k) {
    return switch (k) {
      case 1 -> 10;
      case 2 -> 20;
      case 3, 4 -> 30;
      default -> 0;
    };
  }

  static int caught(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static int neededByHandler(String text) {
    int found = 1;
    try {
      found = Integer.parseInt(text);
      found = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return found;
    }
    return 0;
  }

  @SuppressWarnings("UnusedAssignment")
  static int forget(int a) {
    int b = a;
    b = 2;
    return b;
  }

  static long wide(long a) {
    long b = a + 1;
    return a * b;
  }

  static void forever() {
    while (true) {}
  }

  abstract int withoutCode();
}
