package dev.sardonyx.nn.schedules;

import dev.sardonyx.nn.config.Config;
import java.util.List;

/** One rate up to and including the first boundary, another up to the second, and so on. */
public final class PiecewiseConstantDecay implements LearningRateSchedule {
  private String name = "PiecewiseConstant";
  private List<Double> boundaries = List.of();
  private List<Double> values = List.of();

  PiecewiseConstantDecay() {}

  private PiecewiseConstantDecay(List<Double> boundaries, List<Double> values) {
    this.boundaries = boundaries;
    this.values = values;
    check();
  }

  /**
   * @param boundaries steps, ascending
   * @param values rates, one more than boundaries
   */
  public static PiecewiseConstantDecay piecewiseConstantDecay(
      List<? extends Number> boundaries, List<? extends Number> values) {
    return new PiecewiseConstantDecay(
        boundaries.stream().map(Number::doubleValue).toList(),
        values.stream().map(Number::doubleValue).toList());
  }

  private void check() {
    boolean ascending = boundaries.stream().sorted().toList().equals(boundaries);
    if (boundaries.size() != values.size() - 1 || !ascending) {
      throw Decay.refusal(
          "NN-006",
          "PiecewiseConstantDecay needs ascending boundaries and one value more than those",
          "boundaries: %s   values: %s".formatted(boundaries, values),
          "n boundaries part n + 1 values");
    }
  }

  @Override
  public double rate(long step) {
    int i = 0;
    while (i < boundaries.size() && step > boundaries.get(i)) {
      i++;
    }
    return values.get(i);
  }

  @Override
  public void configure(Config config) {
    boundaries = config.numbers("boundaries", boundaries);
    values = config.numbers("values", values);
    name = config.text("name", name);
    check();
  }
}
