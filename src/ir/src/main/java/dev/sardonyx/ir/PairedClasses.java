package dev.sardonyx.ir;

import dev.sardonyx.ir.SupportVectors.SVMClassifier;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link SVMClassifier} with support vectors, in other operators: a machine for each pair of
 * classes i &lt; j, whose value is above 0 for i. The class is that with the most votes, the first
 * of equals.
 */
final class PairedClasses {
  private final SVMClassifier op;
  private final int classes;
  private final int pairs;
  private final int supports;

  private PairedClasses(SVMClassifier op, int supports) {
    this.op = op;
    this.classes = op.classes();
    this.pairs = classes * (classes - 1) / 2;
    this.supports = supports;
  }

  /** Votes and scores for samples as rows, or null where the attributes do not fit together. */
  static @Nullable List<Value> of(SVMClassifier op, Value x, int supports) {
    PairedClasses paired = new PairedClasses(op, supports);
    return paired.fits() ? paired.of(x) : null;
  }

  private boolean fits() {
    return classes >= 2
        && op.vectorsPerClass().size() == classes
        && op.coefficients().size() == (classes - 1) * supports
        && op.rho().size() == pairs
        && (op.probA().isEmpty() || op.probA().size() == pairs);
  }

  private @Nullable List<Value> of(Value x) {
    Value vectors = Samples.matrix(op.supportVectors(), supports);
    Value alike = SupportKernels.likeness(op.kernelType(), op.kernelParams(), x, vectors);
    Value values = alike.matMul(coefficients()).add(Samples.row(op.rho()));
    Value wins = values.gt(0).cast(PostTransform.ELEMENT);
    Value votes = wins.matMul(members(true)).add(wins.neg().add(1).matMul(members(false)));
    if (!op.probA().isEmpty()) {
      Value first = values.mul(Samples.row(op.probA())).add(Samples.row(op.probB())).neg();
      Value scores = op.postTransform().of(new PairCoupling(classes).of(first.sigmoid()));
      return scores == null ? null : List.of(votes, scores);
    }
    if (classes > 2) {
      Value scores = op.postTransform().of(values);
      return scores == null ? null : List.of(votes, scores);
    }
    // ONNX Runtime tells a single value from both sides, but what is no logit it leaves as it is.
    return switch (op.postTransform()) {
      case NONE -> List.of(votes, Value.concat(1, values.neg(), values));
      case LOGISTIC -> List.of(votes, Value.concat(1, values.neg(), values).sigmoid());
      case SOFTMAX, SOFTMAX_ZERO -> List.of(votes, Value.concat(1, values.neg().add(1), values));
      case PROBIT -> null;
    };
  }

  /** [V,P]: of the pair i, j the vectors of i have their weights for j, and those of j for i. */
  private Value coefficients() {
    double[] weights = new double[supports * pairs];
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        for (int k = 0; k < op.vectorsPerClass().get(i); k++) {
          int vector = start(i) + k;
          weights[vector * pairs + pair] = op.coefficients().get((j - 1) * supports + vector);
        }
        for (int k = 0; k < op.vectorsPerClass().get(j); k++) {
          int vector = start(j) + k;
          weights[vector * pairs + pair] = op.coefficients().get(i * supports + vector);
        }
        pair++;
      }
    }
    return matrix(weights, supports, pairs);
  }

  private int start(int c) {
    return (int) op.vectorsPerClass().subList(0, c).stream().mapToLong(n -> n).sum();
  }

  /** [P,K]: 1 at the first class of each pair, or at the second. */
  private Value members(boolean first) {
    double[] ones = new double[pairs * classes];
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        ones[pair++ * classes + (first ? i : j)] = 1;
      }
    }
    return matrix(ones, pairs, classes);
  }

  private static Value matrix(double[] values, long rows, long columns) {
    return Value.constant(Tensor.from(ElementType.FLOAT32, values, new long[] {rows, columns}));
  }
}
