package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/**
 * Chains of changes, mixed at random (Hendrycks et al. 2019); only inference is supported, where
 * nothing happens.
 */
public final class AugMix extends FactorLayer<AugMix> {
  private long numChains = 3;
  private long chainDepth = 3;
  private double alpha = 1;
  private boolean allOps = true;
  private String interpolation = "bilinear";

  AugMix() {
    super(0, 1, true, 0.3);
  }

  /**
   * @param factor how strong the changes are, in [0, 1]; one number, or the least and the most
   */
  public static AugMix augMix(double... factor) {
    return new AugMix().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public AugMix valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  AugMix self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    throw untrained(x);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    numChains = config.integer("num_chains", numChains);
    chainDepth = config.integer("chain_depth", chainDepth);
    alpha = config.number("alpha", alpha);
    allOps = config.flag("all_ops", allOps);
    interpolation = config.text("interpolation", interpolation);
  }
}
