package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/**
 * Resizing as a product with a matrix of weights, as TensorFlow's {@code ScaleAndTranslate}: those
 * of one element of the result sum to 1.
 *
 * @param antialias whether the kernel is as wide as an element of the result where that is wider
 *     than one of the input
 */
record ResizeWeights(Interpolation how, boolean antialias) {
  /** {@code x}, float32, with {@code extent} elements along an axis. */
  Value along(Value x, int axis, long extent) {
    int last = x.shape().rank() - 1;
    Value rows = Axes.move(x, axis, last);
    return Axes.move(rows.matMul(weights(Extent.scalar(x, axis), extent)), last, axis);
  }

  private Value weights(Value given, long extent) {
    Value n = given.cast(ElementType.FLOAT32);
    Value scale = n.div(extent);
    Value from = Value.range(n.scalar(0), n, n.scalar(1)).unsqueeze(1);
    Value to = Value.range(n.scalar(0), n.scalar(extent), n.scalar(1)).unsqueeze(0);
    Value distance = to.add(0.5).mul(scale).sub(0.5).sub(from).abs();
    Value weights = kernel(antialias ? distance.div(scale.max(1)) : distance);
    return weights.div(weights.sum(true, 0));
  }

  private Value kernel(Value d) {
    return switch (how) {
      case BICUBIC -> cubic(d);
      case LANCZOS3 -> LanczosWindow.at(d, 3);
      case LANCZOS5 -> LanczosWindow.at(d, 5);
      default -> d.neg().add(1).max(0);
    };
  }

  /** Keys 1981, a = -½. */
  private static Value cubic(Value d) {
    Value near = d.mul(1.5).sub(2.5).mul(d).mul(d).add(1);
    Value far = d.mul(-0.5).add(2.5).mul(d).sub(4).mul(d).add(2);
    return d.lt(1).where(near, d.lt(2).where(far, d.zerosLike()));
  }
}
