package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * y = activation(x · kernel + bias), along the last axis: [batch, …, width] becomes [batch, …,
 * units]. The kernel is [width, units].
 */
public final class Dense extends KernelLayer<Dense> {
  private long units;

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
    addKernel(Axes.extent(this, input, rank - 1), units);
  }

  @Override
  protected Value call(Call call, Value given) {
    checkWidth(given.tensorType());
    Value x = given.cast(computeType());
    Value kernel = call.weight(kernel());
    Value bias = bias(call);
    if (x.shape().rank() == 2) {
      return activate(call, x.gemm(kernel, bias, false, false));
    }
    Value product = x.matMul(kernel);
    return activate(call, bias == null ? product : product.add(bias));
  }

  private void checkWidth(TensorType input) {
    Axes.rankAtLeast(this, input, 2);
    Dim width = input.shape().dim(-1);
    long built = kernel().dims()[0];
    if (width.isFixed() && !width.is(built)) {
      throw refuse(
          "NN-011",
          "was built for inputs of width %s, got %s".formatted(built, width),
          input,
          "a layer that is applied twice shares its kernel; make another for another width");
    }
  }

  @Override
  void configureShape(Config config) {
    units = Allowed.atLeast(1, this, "units", config.integer("units", units));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    config.unsupported("quantization_config", null);
  }
}
