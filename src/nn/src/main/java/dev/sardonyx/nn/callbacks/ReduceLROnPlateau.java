package dev.sardonyx.nn.callbacks;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.Callback;
import dev.sardonyx.nn.Training;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lowers the learning rate when a quantity has stopped improving. Defaults as in Keras: {@code
 * val_loss}, a tenth of the rate after 10 epochs without an improvement of 1e-4.
 */
public final class ReduceLROnPlateau implements Callback {
  private String monitor = "val_loss";
  private @Nullable Boolean larger;
  private double factor = 0.1;
  private double minDelta = 1e-4;
  private double minLearningRate;
  private int patience = 10;
  private int cooldown;
  private @Nullable Monitor watched;
  private int wait;
  private int resting;

  public static ReduceLROnPlateau reduceLROnPlateau() {
    return new ReduceLROnPlateau();
  }

  /** What to watch; a name that ends in "accuracy" should grow, any other shrink. */
  public ReduceLROnPlateau monitor(String quantity) {
    monitor = quantity;
    return this;
  }

  /** Whether the quantity should grow; by default its name decides. */
  public ReduceLROnPlateau largerIsBetter(boolean grow) {
    larger = grow;
    return this;
  }

  /** What the learning rate is multiplied by, below 1. */
  public ReduceLROnPlateau factor(double newFactor) {
    if (!(newFactor < 1)) {
      throw new Diagnostic(
              "NN-006",
              "option factor of ReduceLROnPlateau is below 1, got " + newFactor,
              Location.current(),
              "factor = " + newFactor,
              "0.1 is usual")
          .exception();
    }
    factor = newFactor;
    return this;
  }

  /** Differences up to this one are no improvement. */
  public ReduceLROnPlateau minDelta(double difference) {
    minDelta = Math.abs(difference);
    return this;
  }

  /** Epochs without improvement to wait for. */
  public ReduceLROnPlateau patience(int epochs) {
    patience = epochs;
    return this;
  }

  /** Epochs after a change that are not counted. */
  public ReduceLROnPlateau cooldown(int epochs) {
    cooldown = epochs;
    return this;
  }

  /** The learning rate does not go below this; 0 by default. */
  public ReduceLROnPlateau minLearningRate(double rate) {
    minLearningRate = rate;
    return this;
  }

  @Override
  public void onTrainBegin(Training training) {
    watched =
        new Monitor(monitor, larger != null ? larger : Monitor.growsByName(monitor), minDelta);
    wait = 0;
    resting = 0;
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    if (resting > 0) {
      resting--;
      wait = 0;
    }
    if (watched.improves(logs)) {
      wait = 0;
    } else if (resting == 0 && ++wait >= patience && reduce(training)) {
      resting = cooldown;
      wait = 0;
    }
  }

  private boolean reduce(Training training) {
    double rate = training.learningRate();
    // Both are float32 in Keras: a rate at the limit is not above it by a rounding.
    if (!((float) rate > (float) minLearningRate)) {
      return false;
    }
    training.learningRate(Math.max(rate * factor, minLearningRate));
    return true;
  }
}
