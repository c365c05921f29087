package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.stream.LongStream;

/** 1 - 2 · Σ yTrue · yPred / (Σ yTrue + Σ yPred + 1e-7), for masks. Milletari et al. 2016. */
public final class Dice extends Loss {
  private List<Long> axes = List.of();

  public static Dice dice() {
    return new Dice();
  }

  /** The axes of one mask; by default all, so that a batch has one loss. */
  public Dice axis(long... newAxes) {
    axes = LongStream.of(newAxes).boxed().toList();
    return this;
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value all = sum(yTrue).add(sum(yPred)).add(Scores.EPSILON);
    return sum(yTrue.mul(yPred)).mul(2).div(all).neg().add(1);
  }

  private Value sum(Value x) {
    return x.sum(false, axes.stream().mapToLong(axis -> axis).toArray());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axes = config.axes("axis", axes);
  }
}
