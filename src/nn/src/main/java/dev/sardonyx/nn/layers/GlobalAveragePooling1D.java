package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.Set;

/**
 * The mean of each channel over time: [batch, channels]. Steps that a mask leaves out do not count.
 */
public final class GlobalAveragePooling1D extends GlobalPoolingLayer<GlobalAveragePooling1D> {
  private static final Set<String> ARGUMENTS = Set.of("inputs", "mask", "training");

  GlobalAveragePooling1D() {
    super(1);
  }

  public static GlobalAveragePooling1D globalAveragePooling1d() {
    return new GlobalAveragePooling1D();
  }

  @Override
  GlobalAveragePooling1D self() {
    return this;
  }

  @Override
  Value reduce(Value x, boolean keep, long... axes) {
    return x.cast(computeType()).mean(keep, axes);
  }

  @Override
  protected void buildWith(Arguments<TensorType> arguments) {}

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    arguments.allow(this, ARGUMENTS);
    Masked x = arguments.tensor(this, 0, "inputs");
    Masked given = arguments.optional(this, 1, "mask");
    Value mask = given != null ? given.value() : x.mask();
    Value y = mask == null ? call(call, x.value()) : masked(x.value(), mask);
    return List.of(Masked.of(y));
  }

  private Value masked(Value x, Value mask) {
    Axes.requireSpatial(this, x.tensorType(), dataFormat(), 1);
    boolean last = dataFormat() == DataFormat.CHANNELS_LAST;
    Value counts = mask.cast(ElementType.BOOL).unsqueeze(last ? 2 : 1);
    Value steps = x.cast(computeType());
    long time = last ? 1 : 2;
    Value sum = counts.where(steps, steps.scalar(0)).sum(keepsDims(), time);
    return sum.div(counts.cast(computeType()).sum(keepsDims(), time));
  }
}
