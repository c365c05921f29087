package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MaxUnpool in other operators. */
final class Unpooling {
  private Unpooling() {}

  /** The result; null where the rank is not known. */
  static @Nullable List<@Nullable Value> expand(Expansion e, Pooling.MaxUnpool op) {
    Value x = e.x(0);
    if (!x.shape().isRanked()) {
      return null;
    }
    List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, 2));
    List<Value> extents = new ArrayList<>(List.of(Extents.shape(x, 0, 2)));
    for (int i = 0; i < op.kernelShape().size(); i++) {
      Window w = op.windows().axes().get(i);
      Dim covered = w.cover(x.shape().dim(i + 2));
      dims.add(covered);
      extents.add(covered.isFixed() ? Value.longs(covered.value()) : cover(x, i + 2, w));
    }
    Value shape = Extents.join(extents);
    Value zeros = Extents.full(x.element(), 0, shape);
    Value flat =
        zeros
            .reshape(-1)
            .scatterElements(e.x(1).reshape(-1), x.reshape(-1), 0, Indexing.ScatterReduction.NONE);
    Value unpooled = Extents.reshape(flat, Shape.of(dims), () -> shape);
    return List.of(e.has(2) ? padded(unpooled, shape, e) : unpooled);
  }

  private static Value cover(Value x, int axis, Window w) {
    long rest = w.reach() - w.stride() - w.before() - w.after();
    return Extents.axis(x, axis).mul(Value.longs(w.stride())).add(Value.longs(rest));
  }

  private static Value padded(Value unpooled, Value shape, Expansion e) {
    Value before = Value.longs(new long[unpooled.shape().rank()]);
    Value pads = Value.concat(0, before, e.x(2).sub(shape));
    Value y = Value.of(new Slicing.Pad(Slicing.PadMode.CONSTANT), unpooled, pads);
    return Extents.reshape(y, e.node().output().shape(), () -> e.x(2));
  }
}
