package dev.sardonyx.nn.callbacks;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Callback;
import dev.sardonyx.nn.Training;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends training when a quantity has stopped improving. Defaults as in Keras: {@code val_loss}, no
 * patience, any difference counts, the last weights stay.
 */
public final class EarlyStopping implements Callback {
  private String monitor = "val_loss";
  private @Nullable Boolean larger;
  private double minDelta;
  private int patience;
  private int startFromEpoch;
  private @Nullable Double baseline;
  private boolean restoreBestWeights;
  private @Nullable Monitor watched;
  private @Nullable Map<String, Tensor> bestWeights;
  private int wait;
  private int stoppedEpoch = -1;
  private int bestEpoch = -1;

  public static EarlyStopping earlyStopping() {
    return new EarlyStopping();
  }

  /** What to watch; a name that ends in "accuracy" should grow, any other shrink. */
  public EarlyStopping monitor(String quantity) {
    monitor = quantity;
    return this;
  }

  /** Whether the quantity should grow; by default its name decides. */
  public EarlyStopping largerIsBetter(boolean grow) {
    larger = grow;
    return this;
  }

  private boolean grows() {
    return larger != null ? larger : Monitor.growsByName(monitor);
  }

  /** Differences up to this one are no improvement. */
  public EarlyStopping minDelta(double difference) {
    minDelta = Math.abs(difference);
    return this;
  }

  /** Epochs without improvement to wait for. */
  public EarlyStopping patience(int epochs) {
    patience = epochs;
    return this;
  }

  /** The first epoch that counts. */
  public EarlyStopping startFromEpoch(int epoch) {
    startFromEpoch = epoch;
    return this;
  }

  /** An improvement that does not reach this value does not end the waiting. */
  public EarlyStopping baseline(double value) {
    baseline = value;
    return this;
  }

  /** Ends with the weights of the best epoch. */
  public EarlyStopping restoreBestWeights(boolean restore) {
    restoreBestWeights = restore;
    return this;
  }

  /** The epoch at which training was stopped, or -1. */
  public int stoppedEpoch() {
    return stoppedEpoch;
  }

  /** The epoch with the best value, or -1. */
  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void onTrainBegin(Training training) {
    watched = new Monitor(monitor, grows(), minDelta);
    bestWeights = null;
    wait = 0;
    stoppedEpoch = -1;
    bestEpoch = -1;
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    if (epoch < startFromEpoch) {
      return;
    }
    if (restoreBestWeights && bestWeights == null) {
      bestWeights = training.model().weightValues();
      bestEpoch = epoch;
    }
    wait++;
    if (watched.improves(logs)) {
      bestEpoch = epoch;
      wait = baseline == null || watched.beats(baseline) ? 0 : wait;
      if (restoreBestWeights) {
        bestWeights = training.model().weightValues();
      }
    } else if (wait >= patience && epoch > 0) {
      stoppedEpoch = epoch;
      training.stop();
    }
  }

  @Override
  public void onTrainEnd(Training training) {
    if (bestWeights != null) {
      training.model().setWeights(bestWeights);
    }
  }
}
