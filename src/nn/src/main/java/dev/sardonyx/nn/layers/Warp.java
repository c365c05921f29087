package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Resampling;
import dev.sardonyx.ir.Resampling.Outside;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/**
 * Images, channels first, read at other places.
 *
 * @param images [batch, channels, height, width]
 * @param height a scalar
 * @param width a scalar
 */
record Warp(Value images, Value height, Value width) {
  static Warp of(Value images) {
    return new Warp(
        images,
        Extent.scalar(images, 2).cast(images.element()),
        Extent.scalar(images, 3).cast(images.element()));
  }

  /**
   * The pixel at (x, y) becomes what lies at (a₀x + a₁y + a₂, b₀x + b₁y + b₂).
   *
   * @param matrix the six numbers, each for all images or [batch, 1, 1]
   */
  Value sampled(WarpOptions options, List<Value> matrix) {
    Value xs = steps(width).unsqueeze(0, 1);
    Value ys = steps(height).unsqueeze(0, 2);
    Value across = at(matrix.subList(0, 3), xs, ys, width, options);
    Value down = at(matrix.subList(3, 6), xs, ys, height, options);
    Value rows = images.slice(1, 0, 1).squeeze(1).zerosLike();
    Value grid =
        Value.concat(3, rows.add(across).unsqueeze(3), rows.add(down).unsqueeze(3))
            .cast(ElementType.FLOAT32);
    boolean constant = options.fillMode() == FillMode.CONSTANT;
    Resampling.GridSample sample =
        new Resampling.GridSample(
            false,
            options.interpolation() == Interpolation.NEAREST
                ? Resampling.Interpolation.NEAREST
                : Resampling.Interpolation.LINEAR,
            constant
                ? Outside.ZEROS
                : options.fillMode() == FillMode.REFLECT ? Outside.REFLECTION : Outside.BORDER);
    Value given = images.cast(ElementType.FLOAT32);
    // Outside lie zeros: the constant becomes zero for as long.
    Value read = Value.of(sample, constant ? given.sub(options.fillValue()) : given, grid);
    return (constant ? read.add(options.fillValue()) : read).cast(images.element());
  }

  private Value steps(Value extent) {
    return Value.range(extent.scalar(0), extent, extent.scalar(1));
  }

  /** Where it lies along one axis, -1 and 1 being its ends. */
  private static Value at(List<Value> row, Value xs, Value ys, Value extent, WarpOptions options) {
    Value pixel = row.get(0).mul(xs).add(row.get(1).mul(ys)).add(row.get(2));
    Value inside =
        options.fillMode() == FillMode.WRAP
            ? pixel.sub(pixel.div(extent).floor().mul(extent))
            : pixel;
    return inside.mul(2).add(1).div(extent).sub(1);
  }
}
