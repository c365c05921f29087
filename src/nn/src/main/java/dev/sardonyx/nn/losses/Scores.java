package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Activation;
import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.Value;

/**
 * What a model says of classes: logits, or probabilities.
 *
 * <p>Probabilities that a softmax or a sigmoid has just made are taken back to its input, as Keras
 * does over TensorFlow: the loss is then stable where a probability is rounded to 0 or 1, and
 * cheaper.
 */
record Scores(Value values, boolean areLogits) {
  /** What Keras keeps probabilities away from 0 and 1 by. */
  static final double EPSILON = 1e-7;

  /** Scores of classes along {@code axis}, of which one is right. */
  static Scores categorical(Value yPred, boolean fromLogits, long axis) {
    boolean softmax =
        yPred.op() instanceof Normalization.Softmax s
            && Math.floorMod(s.axis() - axis, (long) yPred.shape().rank()) == 0;
    return softmax && !fromLogits ? behind(yPred) : new Scores(yPred, fromLogits);
  }

  /** Scores each of which says yes or no. */
  static Scores binary(Value yPred, boolean fromLogits) {
    boolean sigmoid = yPred.op() instanceof Activation.Sigmoid;
    return sigmoid && !fromLogits ? behind(yPred) : new Scores(yPred, fromLogits);
  }

  private static Scores behind(Value activation) {
    return new Scores(activation.node().input(0), true);
  }

  /** Harmless scores, which get no gradient, where {@code valid} does not hold. */
  Scores only(Value valid) {
    return new Scores(valid.where(values, values.scalar(1)), areLogits);
  }

  /** The logarithms of the probabilities along {@code axis}, which are made to sum to one. */
  Value logProbabilities(long axis) {
    return areLogits ? values.logSoftmax(axis) : clipped(values.div(values.sum(true, axis))).log();
  }

  /** For each score -ln p where the target is 1 and -ln(1 - p) where it is 0; a mixture between. */
  Value binaryCrossentropy(Value yTrue) {
    Value no = yTrue.neg().add(1);
    if (areLogits) {
      return yTrue.mul(values.neg().softplus()).add(no.mul(values.softplus()));
    }
    Value p = clipped(values);
    return yTrue.mul(p.log()).add(no.mul(p.neg().add(1).log())).neg();
  }

  static Value clipped(Value probabilities) {
    return probabilities.clip(EPSILON, 1 - EPSILON);
  }
}
