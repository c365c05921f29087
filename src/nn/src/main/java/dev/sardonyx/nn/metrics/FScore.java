package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * (1 + β²) · precision · recall / (β² · precision + recall) of targets and predictions [batch,
 * classes]. Divisions are by 1e-7 more than they should be, as in Keras.
 *
 * @param <M> the metric itself, which options return
 */
abstract class FScore<M extends FScore<M>> extends NamedMetric {
  private static final double EPSILON = 1e-7;

  /** How the scores of classes become one. */
  public enum Average {
    /** All answers are counted together. */
    MICRO,
    /** The mean of the classes' scores. */
    MACRO,
    /** Their mean, weighted by how often each class is true. */
    WEIGHTED
  }

  private @Nullable Average average;
  private double beta = 1;
  private @Nullable Double threshold;

  abstract M self();

  /** How classes are averaged; by default there is a score for each. */
  public final M average(@Nullable Average newAverage) {
    average = newAverage;
    return self();
  }

  /** Scores above it mean yes; by default the greatest score of a row does. */
  public final M threshold(@Nullable Double newThreshold) {
    threshold = newThreshold;
    return self();
  }

  final double beta() {
    return beta;
  }

  final void setBeta(double newBeta) {
    beta = Allowed.positive(this, "beta", newBeta);
  }

  @Override
  public final List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    Value truth = yTrue.cast(FLOAT32);
    Value guess = answers(yPred.cast(FLOAT32)).cast(FLOAT32);
    List<Value> sums = new ArrayList<>();
    for (Value counted :
        List.of(
            guess.mul(truth),
            guess.mul(truth.neg().add(1)),
            guess.neg().add(1).mul(truth),
            truth)) {
      Value weighted =
          sampleWeight == null ? counted : counted.mul(sampleWeight.cast(FLOAT32).unsqueeze(1));
      sums.add(average == Average.MICRO ? weighted.sum() : weighted.sum(false, 0));
    }
    return sums;
  }

  /** The greatest of a row, unless it is nothing. */
  private Value answers(Value guess) {
    return threshold == null
        ? guess.ge(guess.max(true, -1)).and(guess.abs().gt(1e-9))
        : guess.gt(threshold);
  }

  @Override
  public final double[] result(List<double[]> sums) {
    double[] scores = new double[sums.get(0).length];
    for (int i = 0; i < scores.length; i++) {
      double right = sums.get(0)[i];
      double precision = right / (right + sums.get(1)[i] + EPSILON);
      double recall = right / (right + sums.get(2)[i] + EPSILON);
      double divisor = beta * beta * precision + recall + EPSILON;
      scores[i] = precision * recall / divisor * (1 + beta * beta);
    }
    if (average == null) {
      return scores;
    }
    if (average == Average.WEIGHTED) {
      double[] weights = sums.get(3);
      double all = Arrays.stream(weights).sum() + EPSILON;
      for (int i = 0; i < scores.length; i++) {
        scores[i] *= weights[i] / all * scores.length;
      }
    }
    return new double[] {Arrays.stream(scores).average().orElse(0)};
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    String written = average == null ? null : average.name().toLowerCase(Locale.ROOT);
    average =
        config.optionalText("average", written) == null
            ? null
            : config.choice("average", average == null ? Average.MACRO : average);
    threshold = config.optionalNumber("threshold", threshold);
  }
}
