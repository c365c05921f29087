package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import java.util.Arrays;
import java.util.List;

/**
 * The spatial axes without some elements at their ends.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class CroppingLayer<L extends CroppingLayer<L>> extends BorderLayer<L> {
  CroppingLayer(int rank, long standard) {
    super(rank, "cropping", standard);
  }

  @Override
  Value change(Value x, int first, List<List<Long>> border) {
    int rank = border.size();
    long[] starts = new long[rank];
    long[] ends = new long[rank];
    long[] axes = new long[rank];
    long[] steps = new long[rank];
    Arrays.fill(steps, 1);
    for (int i = 0; i < rank; i++) {
      requireRest(x, first + i, border.get(i), Options.axes(rank).get(i));
      starts[i] = border.get(i).get(0);
      ends[i] = border.get(i).get(1) == 0 ? Long.MAX_VALUE : -border.get(i).get(1);
      axes[i] = first + i;
    }
    return x.slice(starts, ends, axes, steps);
  }

  private void requireRest(Value x, int axis, List<Long> ends, String name) {
    Dim extent = x.shape().dim(axis);
    if (extent.isFixed() && ends.get(0) + ends.get(1) >= extent.value()) {
      throw refuse(
          "NN-016",
          "crops %s and %s off a %s of %s".formatted(ends.get(0), ends.get(1), name, extent),
          x.tensorType(),
          "crop less; check which axes are cropped");
    }
  }
}
