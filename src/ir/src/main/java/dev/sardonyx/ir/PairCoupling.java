package dev.sardonyx.ir;

import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/**
 * Probabilities of classes from those of the first of each pair: the p that makes Σ (rⱼᵢ pᵢ - rᵢⱼ
 * pⱼ)² small. Wu, Lin and Weng, "Probability Estimates for Multi-class Classification by Pairwise
 * Coupling", 2004, algorithm 2, with the bounds on r, the precision and the number of rounds of
 * LIBSVM and ONNX Runtime.
 */
record PairCoupling(int classes) {
  private static final double LEAST = 1e-7;
  private static final long ROUNDS = 100;
  private static final ElementType ELEMENT = PostTransform.ELEMENT;

  /**
   * The probabilities [N,K].
   *
   * @param pairs the probability of i for each pair i &lt; j [N,P]
   */
  Value of(Value pairs) {
    Value first = pairs.clip(LEAST, 1 - LEAST);
    Value square = Value.longs(0, classes, classes);
    // r[i,j] is the probability of i among i and j.
    Value r =
        first.matMul(places(true)).add(first.neg().add(1).matMul(places(false))).reshape(square);
    Value back = r.transpose(0, 2, 1);
    Value diagonal = back.square().sum(false, 2);
    Value eye = Value.constant(Tensor.from(ELEMENT, eye(), new long[] {classes, classes}));
    Value q = diagonal.unsqueeze(2).mul(eye).sub(back.mul(r));
    Value start = diagonal.zerosLike().add(1.0 / classes);
    return ControlFlow.loop(
            Value.constant(Tensor.scalar(ROUNDS)),
            null,
            List.of(start),
            (i, state) -> round(state.get(0), q, diagonal))
        .get(0);
  }

  /** One round over the classes, for samples that are not there yet. */
  private Turn round(Value before, Value q, Value diagonal) {
    Value p = before;
    Value qp = q.matMul(p.unsqueeze(2)).squeeze(2);
    Value pqp = p.mul(qp).sum(true, 1);
    Value far = qp.sub(pqp).abs().max(true, 1).ge(0.005 / classes);
    for (int i = 0; i < classes; i++) {
      Value at = diagonal.slice(1, i, i + 1);
      Value here = qp.slice(1, i, i + 1);
      Value step = pqp.sub(here).div(at);
      Value scale = step.add(1);
      double[] one = new double[classes];
      one[i] = 1;
      Value unit = Value.constant(Tensor.from(ELEMENT, one, new long[] {1, classes}));
      pqp = pqp.add(step.mul(step.mul(at).add(here.mul(2)))).div(scale.square());
      qp = qp.add(step.mul(q.slice(1, i, i + 1).squeeze(1))).div(scale);
      p = p.add(step.mul(unit)).div(scale);
    }
    Value any = far.cast(ELEMENT).sum().gt(0);
    return Turn.of(far.where(p, before)).whileTrue(any);
  }

  /** [P,K·K]: for each pair 1 at its place in the matrix, or at the other side of the diagonal. */
  private Value places(boolean above) {
    int pairs = classes * (classes - 1) / 2;
    double[] ones = new double[pairs * classes * classes];
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        ones[pair++ * classes * classes + (above ? i * classes + j : j * classes + i)] = 1;
      }
    }
    return Value.constant(Tensor.from(ELEMENT, ones, new long[] {pairs, (long) classes * classes}));
  }

  private double[] eye() {
    double[] eye = new double[classes * classes];
    for (int i = 0; i < classes; i++) {
      eye[i * classes + i] = 1;
    }
    return eye;
  }
}
