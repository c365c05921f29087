package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.BOOL;
import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Selection;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.losses.Aligned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Right and wrong answers at thresholds, weighted: answers that are yes and should be, those that
 * are yes and should not be, and all that should and should not be. Source: Keras's
 * metrics_utils.py.
 */
record Confusion(Value truePositives, Value falsePositives, Value positives, Value negatives) {
  /** Below every score. */
  static final double NEVER = -1e10;

  /** What is done to predictions before they are compared with thresholds. */
  record Question(@Nullable Long topK, @Nullable Long classId, boolean multiLabel) {
    static final Question PLAIN = new Question(null, null, false);
  }

  /** Each is [thresholds], or [thresholds, labels] for several labels. */
  static Confusion of(
      Value yTrue, Value yPred, @Nullable Value sampleWeight, double[] thresholds, Question asked) {
    Aligned aligned = Aligned.of(yPred.cast(FLOAT32), yTrue.cast(FLOAT32));
    Value guess = aligned.first();
    Value truth = aligned.second();
    if (asked.topK() != null) {
      guess = filtered(guess, asked.topK());
    }
    if (asked.classId() != null) {
      guess = guess.slice(-1, asked.classId(), asked.classId() + 1);
      truth = truth.slice(-1, asked.classId(), asked.classId() + 1);
    }
    Value weights = guess.onesLike();
    if (sampleWeight != null) {
      weights = weights.mul(weight(sampleWeight, truth));
    }
    Value yes = truth.cast(BOOL).cast(FLOAT32).mul(weights);
    Value no = truth.cast(BOOL).not().cast(FLOAT32).mul(weights);
    boolean labels = asked.multiLabel();
    Value above = above(flat(guess, labels), thresholds, labels).cast(FLOAT32);
    return new Confusion(
        above.mul(flat(yes, labels)).sum(false, 1),
        above.mul(flat(no, labels)).sum(false, 1),
        flat(yes, labels).sum(false, 1),
        flat(no, labels).sum(false, 1));
  }

  /** A weight per sample gets an axis for the sample's elements. */
  private static Value weight(Value sampleWeight, Value truth) {
    Value weight = sampleWeight.cast(FLOAT32);
    return weight.shape().rank() < truth.shape().rank() ? weight.unsqueeze(-1) : weight;
  }

  /** The k greatest scores; all others are below every threshold. */
  private static Value filtered(Value scores, long k) {
    Selection.TopK op = new Selection.TopK(-1, true, true);
    Value best = Node.of(op, scores, Value.longs(k)).outputs().get(1);
    long classes = scores.shape().dim(-1).value();
    Value chosen = best.oneHot(classes, FLOAT32, -1).sum(false, -2).gt(0);
    return chosen.where(scores, scores.scalar(NEVER));
  }

  private static Value flat(Value x, boolean labels) {
    return labels ? x.unsqueeze(0) : x.reshape(1, -1);
  }

  private static Value above(Value scores, double[] thresholds, boolean labels) {
    float[] bounds = new float[thresholds.length];
    boolean even = areEven(thresholds);
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = even ? i : (float) thresholds[i];
    }
    long n = bounds.length;
    Value column = Value.constant(labels ? Tensor.of(bounds, n, 1, 1) : Tensor.of(bounds, n, 1));
    if (!even) {
      return scores.gt(column);
    }
    // As Keras does where thresholds are even: a score close to a bound goes where rounding leads.
    Value bucket = scores.clip(0, 1).mul(thresholds.length - 1).ceil().sub(1);
    return (thresholds[0] < 0 ? bucket.relu() : bucket).ge(column);
  }

  private static boolean areEven(double[] thresholds) {
    boolean even = thresholds.length >= 3;
    for (int i = 0; i < thresholds.length; i++) {
      double expected = i / (thresholds.length - 1.0);
      even &= Math.abs(thresholds[i] - expected) <= 1.001e-7 + 1e-5 * expected;
    }
    return even;
  }

  Value falseNegatives() {
    return positives.sub(truePositives);
  }

  Value trueNegatives() {
    return negatives.sub(falsePositives);
  }

  /** All four, in the order in which {@link Counts} reads them. */
  List<Value> all() {
    return List.of(truePositives, falsePositives, trueNegatives(), falseNegatives());
  }

  /** The four of one threshold, added up over batches. */
  record Counts(double tp, double fp, double tn, double fn) {
    static Counts of(List<double[]> sums, int i) {
      return new Counts(sums.get(0)[i], sums.get(1)[i], sums.get(2)[i], sums.get(3)[i]);
    }

    double precision() {
      return ratio(tp, tp + fp);
    }

    double recall() {
      return ratio(tp, tp + fn);
    }

    double specificity() {
      return ratio(tn, tn + fp);
    }

    double fallOut() {
      return ratio(fp, fp + tn);
    }
  }

  /** {@code a / b}, and 0 where b is 0. */
  static double ratio(double a, double b) {
    return b == 0 ? 0 : a / b;
  }
}
