package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inputs joined along an axis, the last by default; the other axes must be the same. */
public final class Concatenate extends ArgumentLayer {
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
  public boolean takesList() {
    return true;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    List<Value> inputs = Options.together(this, Masked.values(arguments.tensors()));
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
    return List.of(new Masked(Value.concat(along, inputs), mask(arguments.tensors(), along)));
  }

  /** True where one of the elements is that stand in the place of a step. */
  private static @Nullable Value mask(List<Masked> inputs, int along) {
    if (inputs.stream().allMatch(input -> input.mask() == null)) {
      return null;
    }
    List<Value> masks = new ArrayList<>();
    for (Masked input : inputs) {
      Value none = input.value().zerosLike().cast(ElementType.BOOL);
      Value mask = input.mask();
      int missing = mask == null ? 0 : input.value().shape().rank() - mask.shape().rank();
      for (int i = 0; i < missing; i++) {
        mask = mask.unsqueeze(mask.shape().rank());
      }
      masks.add(mask == null ? none.not() : mask.or(none));
    }
    Value all = Value.concat(along, masks);
    return all.cast(ElementType.FLOAT32).max(false, all.shape().rank() - 1).gt(0);
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
