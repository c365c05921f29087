package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** How images are read between and beside their pixels. */
final class WarpOptions {
  private final Layer layer;
  private FillMode fillMode = FillMode.REFLECT;
  private double fillValue;
  private Interpolation interpolation = Interpolation.BILINEAR;

  WarpOptions(Layer layer) {
    this.layer = layer;
  }

  FillMode fillMode() {
    return fillMode;
  }

  void fillMode(FillMode mode) {
    fillMode = mode;
  }

  double fillValue() {
    return fillValue;
  }

  void fillValue(double value) {
    fillValue = value;
  }

  Interpolation interpolation() {
    return interpolation;
  }

  void interpolation(Interpolation how) {
    if (how != Interpolation.BILINEAR && how != Interpolation.NEAREST) {
      throw Allowed.refusal(
          layer, "interpolation", "bilinear or nearest", how, "give one of the two");
    }
    interpolation = how;
  }

  void configure(Config config, boolean withMode) {
    interpolation(config.choice("interpolation", interpolation));
    if (withMode) {
      fillMode = config.choice("fill_mode", fillMode);
    }
    fillValue = config.number("fill_value", fillValue);
  }
}
