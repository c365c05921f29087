package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Pooling;
import dev.sardonyx.ir.Value;
import java.util.List;

/** The greatest element of each window; padding never wins. */
public final class MaxPooling2D extends Pooling2D {
  MaxPooling2D() {}

  /** Windows of 2 × 2. */
  public static MaxPooling2D maxPooling2d() {
    return new MaxPooling2D();
  }

  /** Windows of this height and width, or one number for both. */
  public static Pooling2D maxPooling2d(long... poolSize) {
    return new MaxPooling2D().poolSize(poolSize);
  }

  @Override
  Value pool(Value images, List<Long> size, List<Long> steps, WindowGrid.OnnxPadding onnx) {
    return Value.of(
        new Pooling.MaxPool(onnx.auto(), false, List.of(), size, onnx.pads(), false, steps),
        images);
  }
}
