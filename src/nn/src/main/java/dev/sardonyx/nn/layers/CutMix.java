package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * Pieces of other images of the batch replace parts of images; only inference is supported, where
 * nothing happens.
 */
public final class CutMix extends FactorLayer<CutMix> {
  CutMix() {
    super(0, 1, false, 1);
  }

  /**
   * @param factor of what distribution the pieces' sizes are, in [0, 1]; one number, or the least
   *     and the most
   */
  public static CutMix cutMix(double... factor) {
    return new CutMix().with(factor);
  }

  @Override
  CutMix self() {
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
}
