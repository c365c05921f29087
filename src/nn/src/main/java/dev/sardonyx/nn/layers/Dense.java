package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * y = activation(x · kernel + bias), along the last axis: [batch, …, width] becomes [batch, …,
 * units]. The kernel is [width, units].
 */
public final class Dense extends QuantizableLayer<Dense> {
  private long units;
  private long width;

  Dense() {}

  /** A layer of {@code units} neurons, at least 1. */
  public static Dense dense(long units) {
    Dense made = new Dense();
    made.units = Allowed.atLeast(1, made, "units", units);
    return made;
  }

  public static Dense dense(long units, Activation activation) {
    return dense(units).activation(activation);
  }

  @Override
  Dense self() {
    return this;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected void build(TensorType input) {
    int rank = Axes.rankAtLeast(this, input, 2);
    width = Axes.extent(this, input, rank - 1);
    addQuantizable(new long[] {width, units}, width, new long[] {units}, new long[] {units});
  }

  @Override
  protected Value call(Call call, Value given) {
    checkWidth(given.tensorType());
    Value x = seen(call, given.cast(computeType()), given.shape().rank() - 1);
    Value kernel = numbers(call, new long[] {width, units});
    Value bias = bias(call);
    if (x.shape().rank() == 2) {
      return activate(call, x.gemm(kernel, bias, false, false));
    }
    Value product = x.matMul(kernel);
    return activate(call, bias == null ? product : product.add(bias));
  }

  private void checkWidth(TensorType input) {
    Axes.rankAtLeast(this, input, 2);
    Dim given = input.shape().dim(-1);
    if (given.isFixed() && !given.is(width)) {
      throw refuse(
          "NN-011",
          "was built for inputs of width %s, got %s".formatted(width, given),
          input,
          "a layer that is applied twice shares its kernel; make another for another width");
    }
  }

  @Override
  void configureShape(Config config) {
    units = Allowed.atLeast(1, this, "units", config.integer("units", units));
  }

  @Override
  Value int8Scale(Value scale) {
    return scale;
  }
}
