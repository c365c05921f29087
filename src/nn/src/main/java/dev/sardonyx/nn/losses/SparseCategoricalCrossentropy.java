package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
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
    if (!yPred.shape().isRanked()) {
      return new TensorType(ElementType.INT64, Shape.UNRANKED);
    }
    List<Dim> dims = new ArrayList<>(yPred.shape().dims());
    dims.remove(Math.floorMod(axis, dims.size()));
    return new TensorType(ElementType.INT64, Shape.of(dims));
  }

  /** Class numbers must lie below the number of classes; the ignored one is free. */
  @Override
  public void checkTargets(Tensor targets, TensorType yPred) {
    Dim classes = yPred.shape().isRanked() ? yPred.shape().dim((int) axis) : Dim.UNKNOWN;
    LongBuffer labels = targets.longs();
    for (int i = 0; classes.isFixed() && i < labels.limit(); i++) {
      long label = labels.get(i);
      boolean ignored = ignoreClass != null && label == ignoreClass;
      if (!ignored && (label < 0 || label >= classes.value())) {
        throw new Diagnostic(
                "NN-038",
                "there are %s classes, got the class number %s".formatted(classes, label),
                Location.current(),
                "targets: %s, element %s is %s   predictions: %s"
                    .formatted(targets.type(), i, label, yPred),
                "classes are counted from 0; the last layer needs as many units as there are")
            .exception();
      }
    }
  }

  @Override
  protected @Nullable Value mask(Value yTrue) {
    return ignoreClass == null ? null : yTrue.eq(ignoreClass).not();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Scores scores = Scores.categorical(yPred, fromLogits, axis);
    Value counted = mask(yTrue);
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
