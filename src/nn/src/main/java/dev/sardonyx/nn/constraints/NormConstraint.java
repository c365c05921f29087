package dev.sardonyx.nn.constraints;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Says how long the vectors along some axes are: w ← w · wanted / (1e-7 + ‖w‖).
 *
 * @param <C> the constraint itself, which options return
 */
abstract class NormConstraint<C extends NormConstraint<C>> implements Constraint {
  private static final double EPSILON = 1e-7;

  private List<Long> axes = List.of(0L);

  abstract C self();

  /** The length that a vector of the length {@code norm} gets. */
  abstract Value wanted(Value norm);

  /**
   * The axes of one vector; the first by default. That is the inputs of a dense layer's unit; for
   * those of a convolution give 0, 1 and 2.
   */
  public final C axis(long... newAxes) {
    axes = LongStream.of(newAxes).boxed().toList();
    return self();
  }

  @Override
  public final Value project(Value weight) {
    long[] along = axes.stream().mapToLong(axis -> axis).toArray();
    Value norm = weight.square().sum(true, along).sqrt();
    return weight.mul(wanted(norm).div(norm.add(EPSILON)));
  }

  @Override
  public void configure(Config config) {
    axes = config.axes("axis", axes);
  }
}
