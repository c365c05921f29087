package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;
import static dev.sardonyx.ir.type.ElementType.INT64;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The intersection over union of what is true and what is predicted, averaged over the classes of
 * which either has some. Classes are counted in a matrix; weights count as whole numbers unless the
 * dtype is float32.
 *
 * @param <M> the metric itself, which options return
 */
abstract class OverlapMetric<M extends OverlapMetric<M>> extends NamedMetric {
  private static final double EPSILON = 1e-7;

  private long numClasses = 2;
  private List<Long> targetClassIds = List.of();
  private @Nullable Long ignoreClass;
  private boolean sparseTrue = true;
  private boolean sparsePred = true;
  private long axis = -1;
  private String dtype = "int64";

  abstract M self();

  final M classes(long classes) {
    numClasses = Allowed.atLeast(1, this, "num_classes", classes);
    return self();
  }

  final M targets(List<Long> ids) {
    targetClassIds = List.copyOf(ids);
    return self();
  }

  final M sparse(boolean ofTargets, boolean ofPredictions) {
    sparseTrue = ofTargets;
    sparsePred = ofPredictions;
    return self();
  }

  /** Leaves out what is of this class; null for nothing. */
  public final M ignoreClass(@Nullable Long ignored) {
    ignoreClass = ignored;
    return self();
  }

  /** The axis of one-hot rows or scores; the last by default. */
  public final M axis(long newAxis) {
    axis = newAxis;
    return self();
  }

  /** Predictions as class numbers or scores. */
  Value predicted(Value yPred) {
    return yPred;
  }

  @Override
  public final List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    Value truth = labels(yTrue, sparseTrue);
    Value guess = labels(predicted(yPred), sparsePred);
    Value counted = known(truth).and(known(guess));
    if (ignoreClass != null) {
      counted = counted.and(truth.eq(ignoreClass).not());
    }
    Value weights = counted.cast(FLOAT32);
    if (sampleWeight != null) {
      Value own = dtype.startsWith("int") ? sampleWeight.cast(INT64) : sampleWeight;
      weights = weights.mul(own.cast(FLOAT32).reshape(-1));
    }
    Value rows = oneHot(truth, counted).mul(weights.unsqueeze(1));
    return List.of(rows.transpose(1, 0).matMul(oneHot(guess, counted)));
  }

  private Value labels(Value y, boolean sparse) {
    return (sparse ? y.cast(INT64) : y.argMax(axis, false)).reshape(-1);
  }

  private Value known(Value labels) {
    return labels.ge(0).and(labels.lt(numClasses));
  }

  private Value oneHot(Value labels, Value counted) {
    return counted.where(labels, labels.scalar(0)).oneHot(numClasses, FLOAT32, -1);
  }

  @Override
  public final double[] result(List<double[]> sums) {
    double[] matrix = sums.get(0);
    int n = (int) numClasses;
    double sum = 0;
    double valid = 0;
    for (long id : targetClassIds) {
      double union = -matrix[(int) id * (n + 1)];
      for (int k = 0; k < n; k++) {
        union += matrix[(int) id * n + k] + matrix[k * n + (int) id];
      }
      if (union > 1e-9) {
        sum += matrix[(int) id * (n + 1)] / (union + EPSILON);
        valid++;
      }
    }
    return new double[] {sum / (valid + EPSILON)};
  }

  @Override
  void configureType(Config config) {
    dtype = config.text("dtype", dtype);
  }

  final void configureClasses(Config config) {
    classes(config.integer("num_classes", numClasses));
    ignoreClass = config.optionalInteger("ignore_class", ignoreClass);
    axis = config.integer("axis", axis);
  }

  final void configureTargets(Config config) {
    targetClassIds = config.integers("target_class_ids", targetClassIds);
    for (long id : targetClassIds) {
      if (id < 0 || id >= numClasses) {
        throw Allowed.refusal(
            this, "target_class_ids", "classes below " + numClasses, id, "classes begin with 0");
      }
    }
  }

  /** Every class is a target. */
  final void targetAll() {
    targetClassIds = LongStream.range(0, numClasses).boxed().toList();
  }

  final void configureSparseTrue(Config config) {
    sparseTrue = config.flag("sparse_y_true", sparseTrue);
  }

  final void configureSparsePred(Config config) {
    sparsePred = config.flag("sparse_y_pred", sparsePred);
  }
}
