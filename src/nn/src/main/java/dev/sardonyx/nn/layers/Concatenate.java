package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/** Inputs joined along an axis, the last by default; the other axes must be the same. */
public final class Concatenate extends Layer {
  private long axis = -1;

  Concatenate() {}

  public static Concatenate concatenate() {
    return new Concatenate();
  }

  /** Along this axis; the batch is axis 0. */
  public static Concatenate concatenate(long axis) {
    Concatenate made = new Concatenate();
    made.axis = axis;
    return made;
  }

  @Override
  protected List<Value> call(Call call, List<Value> inputs) {
    List<TensorType> types = inputs.stream().map(Value::tensorType).toList();
    if (inputs.isEmpty()) {
      throw refuse("NN-015", "needs an input, got none", types, "give it the tensors to join");
    }
    int along = Axes.resolve(this, types.get(0), axis);
    for (TensorType type : types) {
      if (!fits(types.get(0).shape(), type.shape(), along)) {
        throw refuse(
            "NN-019",
            "needs inputs that differ in axis %s only, got %s and %s"
                .formatted(along, types.get(0).shape(), type.shape()),
            types,
            "the other axes must have the same extents");
      }
    }
    return List.of(Value.concat(along, inputs));
  }

  private static boolean fits(Shape a, Shape b, int along) {
    boolean fits = b.isRanked() && a.rank() == b.rank();
    for (int i = 0; fits && i < a.rank(); i++) {
      Dim x = a.dim(i);
      Dim y = b.dim(i);
      fits = i == along || !x.isFixed() || !y.isFixed() || x.equals(y);
    }
    return fits;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axis = config.integer("axis", axis);
  }
}
