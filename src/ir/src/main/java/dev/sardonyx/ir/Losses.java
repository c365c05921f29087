package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Losses of the standard. */
public sealed interface Losses extends Op {
  /** What becomes of the losses of all places. */
  enum LossReduction {
    /** Nothing: there is one for each. */
    NONE,
    /** They are summed. */
    SUM,
    /** Their sum is divided by the sum of their weights. */
    MEAN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Minus the input at the target's class, times the class's weight: for an input {@code
   * [N,C,d1,…]} of logarithms of probabilities, targets {@code [N,d1,…]} of class numbers and
   * weights {@code [C]}.
   *
   * @param ignoreIndex the target of places that do not count, neither in sums nor in means
   */
  @Onnx(since = 22, from = 12, inputs = "input target weight?", outputs = "loss")
  record NegativeLogLikelihoodLoss(
      @Nullable Long ignoreIndex, @Default("mean") LossReduction reduction)
      implements Losses, Formula {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(LossPlaces.reduced(in, reduction)));
    }

    @Override
    public Value formula(Expansion e) {
      return LossPlaces.negativeLogLikelihood(e.x(0), e.x(1), e.optional(2), this);
    }
  }

  /**
   * {@link NegativeLogLikelihoodLoss} of the scores' {@linkplain Normalization.LogSoftmax
   * log-softmax} over the classes, the second axis; that is the second result.
   *
   * @param ignoreIndex the label of places that do not count, neither in sums nor in means
   */
  @Onnx(since = 13, from = 12, inputs = "scores labels weights?", outputs = "output log_prob?")
  record SoftmaxCrossEntropyLoss(
      @Nullable Long ignoreIndex, @Default("mean") LossReduction reduction)
      implements Losses, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      TensorType scores = in.type(0);
      int results = in.outputs() == Inference.ANY_NUMBER ? 2 : in.outputs();
      return List.<Type>of(scores.with(LossPlaces.reduced(in, reduction)), scores)
          .subList(0, Math.min(2, results));
    }

    @Override
    public List<Value> expand(Expansion e) {
      Value logProb = e.x().logSoftmax(1);
      Op loss = new NegativeLogLikelihoodLoss(ignoreIndex, reduction);
      return List.of(Value.of(loss, logProb, e.x(1), e.optional(2)), logProb)
          .subList(0, e.outputs());
    }
  }
}
