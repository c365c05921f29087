package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.stream.LongStream;

/**
 * 1 - t / (t + alpha · Σ (1 - yPred) · yTrue + beta · Σ yPred · (1 - yTrue) + 1e-7) with t = Σ
 * yTrue · yPred, for masks. Salehi et al. 2017.
 */
public final class Tversky extends Loss {
  private double alpha = 0.5;
  private double beta = 0.5;
  private List<Long> axes = List.of();

  public static Tversky tversky() {
    return new Tversky();
  }

  /** How much what is missed counts; ½ by default. */
  public Tversky alpha(double newAlpha) {
    alpha = newAlpha;
    return this;
  }

  /** How much what is wrongly found counts; ½ by default. */
  public Tversky beta(double newBeta) {
    beta = newBeta;
    return this;
  }

  /** The axes of one mask; by default all, so that a batch has one loss. */
  public Tversky axis(long... newAxes) {
    axes = LongStream.of(newAxes).boxed().toList();
    return this;
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value both = sum(yTrue.mul(yPred));
    Value missed = sum(yPred.neg().add(1).mul(yTrue)).mul(alpha);
    Value wrong = sum(yPred.mul(yTrue.neg().add(1))).mul(beta);
    return both.div(both.add(missed).add(wrong).add(Scores.EPSILON)).neg().add(1);
  }

  private Value sum(Value x) {
    return x.sum(false, axes.stream().mapToLong(axis -> axis).toArray());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    alpha = config.number("alpha", alpha);
    beta = config.number("beta", beta);
    axes = config.axes("axis", axes);
  }
}
