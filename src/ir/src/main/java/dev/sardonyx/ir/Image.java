package dev.sardonyx.ir;

import java.util.Locale;

/** Operators on images and other grids, channels before the spatial axes: [N,C,H,W]. */
public sealed interface Image extends Op permits Resampling, Blocks, Regions {
  /** Text of an enum's constant in ONNX. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
