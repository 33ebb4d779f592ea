package io.klepto.examples;

/**
 * The Lorenz system, x' = s (y - x), y' = x (r - z) - y, z' = x y - 8/3 z, and how chaotic it is.
 *
 * <p>Source: E. N. Lorenz, "Deterministic Nonperiodic Flow", 1963; the exponent by G. Benettin and
 * others, 1980.
 */
public final class Lorenz {
  private static final double BETA = 8.0 / 3.0;
  private static final double STEP = 0.005;
  private static final int TRANSIENT = 2_000;
  private static final int STEPS = 20_000;
  private static final int REPORT_EVERY = 5_000;

  private Lorenz() {}

  /**
   * Returns the largest Lyapunov exponent, per unit of time: above 0 where neighbouring states part
   * exponentially.
   *
   * @param sigma the Prandtl number, s
   * @param rho the Rayleigh number as a multiple of the critical one, r
   * @param verbose whether to tell on standard error how the estimate goes; changes no result
   */
  public static double exponent(double sigma, double rho, boolean verbose) {
    // The state, and a small deviation from it that obeys the linearised equations.
    double[] state = {1, 1, 1, 1, 0, 0};
    for (int i = 0; i < TRANSIENT; i++) {
      state = next(state, sigma, rho);
      normalize(state);
    }
    double sum = 0;
    for (int i = 1; i <= STEPS; i++) {
      state = next(state, sigma, rho);
      sum += Math.log(normalize(state));
      if (verbose && i % REPORT_EVERY == 0) {
        System.err.printf("s=%.3f r=%.3f t=%.0f: %.4f%n", sigma, rho, i * STEP, sum / (i * STEP));
      }
    }
    return sum / (STEPS * STEP);
  }

  /** Makes the deviation one long, and returns how long it was. */
  private static double normalize(double[] state) {
    double length = Math.sqrt(state[3] * state[3] + state[4] * state[4] + state[5] * state[5]);
    for (int i = 3; i < state.length; i++) {
      state[i] /= length;
    }
    return length;
  }

  /** One step of the classical Runge-Kutta method. */
  private static double[] next(double[] state, double sigma, double rho) {
    double[] a = slope(state, sigma, rho);
    double[] b = slope(moved(state, a, STEP / 2), sigma, rho);
    double[] c = slope(moved(state, b, STEP / 2), sigma, rho);
    double[] d = slope(moved(state, c, STEP), sigma, rho);
    double[] next = new double[state.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = state[i] + STEP / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
    }
    return next;
  }

  private static double[] moved(double[] state, double[] slope, double time) {
    double[] moved = new double[state.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = state[i] + time * slope[i];
    }
    return moved;
  }

  private static double[] slope(double[] s, double sigma, double rho) {
    return new double[] {
      sigma * (s[1] - s[0]),
      s[0] * (rho - s[2]) - s[1],
      s[0] * s[1] - BETA * s[2],
      sigma * (s[4] - s[3]),
      s[3] * (rho - s[2]) - s[0] * s[5] - s[4],
      s[3] * s[1] + s[0] * s[4] - BETA * s[5]
    };
  }
}
