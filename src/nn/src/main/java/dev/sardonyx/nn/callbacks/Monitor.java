package dev.sardonyx.nn.callbacks;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.Map;

/** A quantity of the logs that should become small or large. */
final class Monitor {
  /** The direction in which a quantity improves, by Keras's mode "auto". */
  static boolean growsByName(String quantity) {
    return quantity.endsWith("accuracy") || quantity.endsWith("acc");
  }

  private final String quantity;
  private final boolean largerIsBetter;
  private final double minDelta;
  private double best;

  Monitor(String quantity, boolean largerIsBetter, double minDelta) {
    this.quantity = quantity;
    this.largerIsBetter = largerIsBetter;
    this.minDelta = minDelta;
    best = largerIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Whether {@code logs} are better than all before, by more than the least difference. */
  boolean improves(Map<String, Double> logs) {
    Double value = logs.get(quantity);
    if (value == null) {
      throw new Diagnostic(
              "NN-080",
              "a callback watches " + quantity + ", which is not recorded",
              Location.current(),
              "recorded: " + logs.keySet(),
              "watch one of these; val_… needs validation data")
          .exception();
    }
    boolean better = isBetter(value, best);
    if (better) {
      best = value;
    }
    return better;
  }

  /** Whether the best value is better than {@code reference}. */
  boolean beats(double reference) {
    return isBetter(best, reference);
  }

  private boolean isBetter(double value, double reference) {
    return largerIsBetter ? value - minDelta > reference : value + minDelta < reference;
  }
}
