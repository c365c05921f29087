package dev.sardonyx.ir;

import dev.sardonyx.ir.Losses.LossReduction;
import dev.sardonyx.ir.Losses.NegativeLogLikelihoodLoss;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places at which a loss compares classes: all axes but the second. */
final class LossPlaces {
  private LossPlaces() {}

  /** The loss's shape: that of the targets, or a scalar. */
  static Shape reduced(Inference in, LossReduction reduction) {
    Shape places = places(in);
    if (in.has(2)) {
      requireOneForEachClass(in);
    }
    return reduction == LossReduction.NONE ? places : Shape.SCALAR;
  }

  private static Shape places(Inference in) {
    Shape x = in.shape(0);
    Shape target = in.shape(1);
    if (!x.isRanked()) {
      return target;
    }
    if (x.rank() < 2 || target.isRanked() && target.rank() != x.rank() - 1) {
      throw in.fail(
          "SHAPE-050",
          "cannot compare %s of the shape %s with %s of the shape %s"
              .formatted(in.schema().inputName(0), x, in.schema().inputName(1), target),
          "classes are the second axis of the first, [N,C,…], and no axis of the other, [N,…]");
    }
    List<Dim> dims = new ArrayList<>(x.dims());
    dims.remove(1);
    for (int i = 0; target.isRanked() && i < dims.size(); i++) {
      dims.set(
          i, Vectors.same(in, dims.get(i), target.dim(i), "axis %s of the places".formatted(i)));
    }
    return Shape.of(dims);
  }

  private static void requireOneForEachClass(Inference in) {
    Shape weight = in.shape(2);
    Dim classes = in.shape(0).isRanked() ? in.shape(0).dim(1) : Dim.UNKNOWN;
    boolean fits =
        !weight.isRanked()
            || weight.rank() == 1
                && (!weight.dim(0).isFixed()
                    || !classes.isFixed()
                    || weight.dim(0).equals(classes));
    if (!fits) {
      throw in.fail(
          "SHAPE-051",
          "needs %s of the shape [%s], got %s".formatted(in.schema().inputName(2), classes, weight),
          "there is one weight for each class");
    }
  }

  static Value negativeLogLikelihood(
      Value logProb, Value target, @Nullable Value weight, NegativeLogLikelihoodLoss op) {
    Long ignored = op.ignoreIndex();
    Value counts = ignored == null ? null : target.eq(ignored).not();
    // What is ignored need not be a class: it reads the first one, and is left out below.
    Value classes = counts == null ? target : counts.where(target, target.scalar(0));
    Value loss = logProb.gatherElements(classes.unsqueeze(1), 1).squeeze(1).neg();
    Value weights = weight == null ? null : weight.gather(classes, 0);
    if (counts != null) {
      Value zero = loss.scalar(0);
      loss = counts.where(loss, zero);
      weights = weights == null ? counts.cast(loss.element()) : counts.where(weights, zero);
    }
    Value weighted = weight == null || weights == null ? loss : loss.mul(weights);
    return switch (op.reduction()) {
      case NONE -> weighted;
      case SUM -> weighted.sum();
      case MEAN -> weights == null ? weighted.mean() : weighted.sum().div(weights.sum());
    };
  }
}
