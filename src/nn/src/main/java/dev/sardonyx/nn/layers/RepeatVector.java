package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** Each sample's vector n times: [batch, width] becomes [batch, n, width]. */
public final class RepeatVector extends SingleInputLayer {
  private long n = 1;

  RepeatVector() {}

  /**
   * @param n how often, at least 1
   */
  public static RepeatVector repeatVector(long n) {
    RepeatVector made = new RepeatVector();
    made.n = Allowed.atLeast(1, made, "n", n);
    return made;
  }

  @Override
  protected Value call(Call call, Value x) {
    if (Axes.rankAtLeast(this, x.tensorType(), 2) != 2) {
      throw refuse(
          "NN-012",
          "needs inputs whose number of axes is 2, got " + x.shape().rank(),
          x.tensorType(),
          "flatten the samples first");
    }
    return x.unsqueeze(1).tile(1, n, 1);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    n = Allowed.atLeast(1, this, "n", config.integer("n", n));
  }
}
