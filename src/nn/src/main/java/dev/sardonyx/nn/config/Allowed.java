package dev.sardonyx.nn.config;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;

/** Which numbers an option may have; others are refused at the user's line. */
public final class Allowed {
  private Allowed() {}

  /** {@code value}, refused if it is below {@code least}. */
  public static long atLeast(long least, Configurable owner, String option, long value) {
    if (value < least) {
      throw refusal(owner, option, "at least " + least, value, "give a greater number");
    }
    return value;
  }

  /** {@code value}, refused unless it is a finite number that is not negative. */
  public static double notNegative(Configurable owner, String option, double value) {
    return between(0, Double.MAX_VALUE, "a number that is not negative", owner, option, value);
  }

  /** {@code value}, refused unless it is a finite number above zero. */
  public static double positive(Configurable owner, String option, double value) {
    return between(Double.MIN_VALUE, Double.MAX_VALUE, "a positive number", owner, option, value);
  }

  /** {@code value}, refused unless it is a finite number. */
  public static double finite(Configurable owner, String option, double value) {
    return between(-Double.MAX_VALUE, Double.MAX_VALUE, "a finite number", owner, option, value);
  }

  /** {@code value}, refused outside [0, 1]. */
  public static double fraction(Configurable owner, String option, double value) {
    return between(0, 1, "between 0 and 1", owner, option, value);
  }

  private static double between(
      double least, double most, String wanted, Configurable owner, String option, double value) {
    if (value >= least && value <= most) {
      return value;
    }
    throw refusal(owner, option, wanted, value, "give a number in that range");
  }

  /** The refusal of an option's value; {@code wanted} says what it has to be. */
  public static DiagnosticException refusal(
      Configurable owner, String option, String wanted, Object value, String help) {
    return new Diagnostic(
            "NN-006",
            "option %s of %s is %s, got %s".formatted(option, owner.className(), wanted, value),
            Location.current(),
            option + " = " + value,
            help)
        .exception();
  }
}
