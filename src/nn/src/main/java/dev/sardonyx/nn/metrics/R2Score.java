package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Aligned;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The coefficient of determination of targets and predictions [batch, outputs]: 1 - Σ (yTrue -
 * yPred)² / Σ (yTrue - mean)².
 */
public final class R2Score extends NamedMetric {
  /** How the scores of outputs become one. */
  public enum Aggregation {
    UNIFORM_AVERAGE,
    /** Weighted by the variance of each output. */
    VARIANCE_WEIGHTED_AVERAGE
  }

  private @Nullable Aggregation aggregation = Aggregation.UNIFORM_AVERAGE;
  private long numRegressors;

  public static R2Score r2Score() {
    return new R2Score();
  }

  /** How outputs are averaged; null for a score for each. */
  public R2Score classAggregation(@Nullable Aggregation newAggregation) {
    aggregation = newAggregation;
    return this;
  }

  /** How many inputs the model has, to adjust the score for; 0, the default, for not at all. */
  public R2Score numRegressors(long number) {
    numRegressors = Allowed.atLeast(0, this, "num_regressors", number);
    return this;
  }

  @Override
  public List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    Aligned aligned = Aligned.of(yTrue.cast(FLOAT32), yPred.cast(FLOAT32));
    Value truth = aligned.first();
    Value weights = truth.onesLike();
    if (sampleWeight != null) {
      Value own = sampleWeight.cast(FLOAT32);
      weights = weights.mul(own.shape().rank() == 1 ? own.unsqueeze(1) : own);
    }
    Value error = truth.sub(aligned.second()).square();
    return List.of(
        truth.mul(weights).sum(false, 0),
        truth.square().mul(weights).sum(false, 0),
        error.mul(weights).sum(false, 0),
        weights.sum(false, 0),
        truth.onesLike().sum());
  }

  @Override
  public double[] result(List<double[]> sums) {
    int outputs = sums.get(0).length;
    double[] scores = new double[outputs];
    double[] totals = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      double sum = sums.get(0)[i];
      totals[i] = sums.get(1)[i] - sum * sum / sums.get(3)[i];
      double score = 1 - sums.get(2)[i] / totals[i];
      scores[i] = Double.isInfinite(score) ? 0 : score;
    }
    double[] reported = aggregated(scores, totals);
    double samples = sums.get(4)[0];
    if (numRegressors > 0 && numRegressors < samples - 1) {
      double factor = (samples - 1) / (samples - numRegressors - 1);
      return Arrays.stream(reported).map(score -> 1 - (1 - score) * factor).toArray();
    }
    return reported;
  }

  private double[] aggregated(double[] scores, double[] totals) {
    if (aggregation == null) {
      return scores;
    }
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < scores.length; i++) {
      double own = aggregation == Aggregation.UNIFORM_AVERAGE ? 1 : totals[i];
      sum += own * scores[i];
      weight += own;
    }
    return new double[] {sum / weight};
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    String written = aggregation == null ? null : aggregation.name().toLowerCase(Locale.ROOT);
    aggregation =
        config.optionalText("class_aggregation", written) == null
            ? null
            : config.choice(
                "class_aggregation",
                aggregation == null ? Aggregation.UNIFORM_AVERAGE : aggregation);
    numRegressors(config.integer("num_regressors", numRegressors));
  }
}
