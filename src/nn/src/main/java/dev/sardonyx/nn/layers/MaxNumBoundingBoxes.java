package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** Keeps the number of boxes around things in images; the images themselves stay as they are. */
public final class MaxNumBoundingBoxes extends ImageLayer<MaxNumBoundingBoxes> {
  private long maxNumber = 1;

  MaxNumBoundingBoxes() {}

  /**
   * @param maxNumber how many boxes there are for each image
   */
  public static MaxNumBoundingBoxes maxNumBoundingBoxes(long maxNumber) {
    MaxNumBoundingBoxes made = new MaxNumBoundingBoxes();
    made.maxNumber = Allowed.atLeast(0, made, "max_number", maxNumber);
    return made;
  }

  @Override
  MaxNumBoundingBoxes self() {
    return this;
  }

  @Override
  boolean acts(boolean training) {
    return false;
  }

  @Override
  Value images(Call call, Value x) {
    return x;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    maxNumber = config.integer("max_number", maxNumber);
    if (config.has("fill_value")) {
      config.integer("fill_value", -1);
    }
  }
}
