package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Pooling;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/** The mean of each window; padding does not count. */
public final class AveragePooling2D extends Pooling2D {
  AveragePooling2D() {}

  /** Windows of 2 × 2. */
  public static AveragePooling2D averagePooling2d() {
    return new AveragePooling2D();
  }

  /** Windows of this height and width, or one number for both. */
  public static Pooling2D averagePooling2d(long... poolSize) {
    return new AveragePooling2D().poolSize(poolSize);
  }

  @Override
  Value pool(Value images, List<Long> size, List<Long> steps, WindowGrid.OnnxPadding onnx) {
    return Value.of(
        new Pooling.AveragePool(onnx.auto(), false, false, List.of(), size, onnx.pads(), steps),
        images.cast(computeType()));
  }
}
