package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of classes given by their numbers: -ln p of the right class, with the
 * probabilities along {@code axis} made to sum to one and moved into [1e-7, 1 - 1e-7]. Targets are
 * int64, of the predictions' shape without that axis.
 */
public final class SparseCategoricalCrossentropy extends Loss {
  private boolean fromLogits;
  private @Nullable Long ignoreClass;
  private long axis = -1;

  public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
    return new SparseCategoricalCrossentropy();
  }

  /** Whether the model ends without a softmax; by default it gives probabilities. */
  public SparseCategoricalCrossentropy fromLogits(boolean logits) {
    fromLogits = logits;
    return this;
  }

  /** Leaves out elements of this class, such as the void of a segmentation; null for none. */
  public SparseCategoricalCrossentropy ignoreClass(@Nullable Long ignored) {
    ignoreClass = ignored;
    return this;
  }

  /** The axis of the classes; the last by default. */
  public SparseCategoricalCrossentropy axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  @Override
  public TensorType targetType(TensorType yPred) {
    return ClassNumbers.type(yPred, axis);
  }

  @Override
  public void checkTargets(Tensor targets, TensorType yPred) {
    ClassNumbers.check(targets, yPred, axis, ignoreClass);
  }

  @Override
  protected @Nullable Value mask(Value yTrue, Value values) {
    return counted(yTrue);
  }

  private @Nullable Value counted(Value yTrue) {
    return ignoreClass == null ? null : yTrue.eq(ignoreClass).not();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Scores scores = Scores.categorical(yPred, fromLogits, axis);
    Value counted = counted(yTrue);
    if (counted == null) {
      return crossentropy(yTrue, scores);
    }
    Value labels = counted.where(yTrue, yTrue.scalar(0));
    Value values = crossentropy(labels, scores.only(counted.unsqueeze(axis)));
    return counted.where(values, values.scalar(0));
  }

  private Value crossentropy(Value labels, Scores scores) {
    Value logs = scores.logProbabilities(axis);
    return logs.gatherElements(labels.unsqueeze(axis), axis).squeeze(axis).neg();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    fromLogits = config.flag("from_logits", fromLogits);
    Double ignored =
        config.optionalNumber("ignore_class", ignoreClass == null ? null : ignoreClass * 1.0);
    ignoreClass = ignored == null ? null : (Long) ignored.longValue();
    // Keras takes an axis and does not write it.
    if (axis != -1 || config.has("axis")) {
      axis = config.integer("axis", axis);
    }
  }
}
