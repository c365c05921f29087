package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/**
 * Colours of images, channels first, each part [batch, 1, height, width] in [0, 1]: as TensorFlow's
 * {@code rgb_to_hsv} and its inverse.
 */
record Colors(Value hue, Value saturation, Value value) {
  private static final double[] LUMA = {0.2989, 0.5870, 0.1140};

  /** The gray of red, green and blue: one channel. */
  static Value gray(Value rgb) {
    Value weights = Value.constant(Tensor.from(rgb.element(), LUMA, new long[] {1, 3, 1, 1}));
    return rgb.mul(weights).sum(true, 1);
  }

  static Colors hsv(Value rgb) {
    List<Value> parts = rgb.split(1, 1, 1, 1);
    Value red = parts.get(0);
    Value green = parts.get(1);
    Value blue = parts.get(2);
    Value most = rgb.max(true, 1);
    Value range = most.sub(rgb.min(true, 1));
    Value zero = range.zerosLike();
    Value saturation = most.gt(0).where(range.div(most), zero);
    Value step = range.mul(6).reciprocal();
    Value fromGreen = step.mul(blue.sub(red)).add(1.0 / 3);
    Value fromBlue = step.mul(red.sub(green)).add(2.0 / 3);
    Value hue =
        red.eq(most).where(step.mul(green.sub(blue)), green.eq(most).where(fromGreen, fromBlue));
    Value known = range.gt(0).where(hue, zero);
    return new Colors(known.lt(0).where(known.add(1), known), saturation, most);
  }

  Value rgb() {
    Value turn = hue.mul(6);
    Value red = turn.sub(3).abs().sub(1).clip(0, 1);
    Value green = turn.sub(2).abs().neg().add(2).clip(0, 1);
    Value blue = turn.sub(4).abs().neg().add(2).clip(0, 1);
    Value shades = Value.concat(1, red, green, blue);
    return shades.mul(saturation).add(saturation.neg().add(1)).mul(value);
  }
}
