package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best that one quantity can be at a threshold where another one reaches a value; 0 where none
 * does.
 *
 * @param <M> the metric itself, which options return
 */
abstract class BestAtMetric<M extends BestAtMetric<M>> extends NamedMetric {
  private final String option;
  private double value = Double.NaN;
  private long numThresholds = 200;
  private @Nullable Long classId;

  /**
   * @param option what has to reach a value
   */
  BestAtMetric(String option) {
    this.option = option;
  }

  abstract M self();

  abstract double constrained(Confusion.Counts counts);

  abstract double best(Confusion.Counts counts);

  final M at(double newValue) {
    value = Allowed.fraction(this, option, newValue);
    return self();
  }

  /** How many thresholds in [0, 1] are tried; 200 by default. */
  public final M numThresholds(long number) {
    numThresholds = Allowed.atLeast(1, this, "num_thresholds", number);
    return self();
  }

  /** Looks at one class of the last axis only; null for all. */
  public final M classId(@Nullable Long id) {
    classId = id;
    return self();
  }

  @Override
  public final List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    double[] thresholds = new double[(int) numThresholds];
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = thresholds.length == 1 ? 0.5 : i / (thresholds.length - 1.0);
    }
    Confusion.Question question = new Confusion.Question(null, classId, false);
    return Confusion.of(yTrue, yPred, sampleWeight, thresholds, question).all();
  }

  @Override
  public final double[] result(List<double[]> sums) {
    double most = 0;
    for (int i = 0; i < sums.get(0).length; i++) {
      Confusion.Counts counts = Confusion.Counts.of(sums, i);
      // Keras computes in float32: a value that is reached exactly must not be missed.
      if ((float) constrained(counts) >= (float) value) {
        most = Math.max(most, best(counts));
      }
    }
    return new double[] {most};
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    classId = config.optionalInteger("class_id", classId);
    numThresholds(config.integer("num_thresholds", numThresholds));
    at(config.number(option, value));
  }
}
