package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Activation;
import dev.sardonyx.ir.AlongAxis;
import dev.sardonyx.ir.Gated;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;

/** Activation functions. */
final class NnActivations {
  static final OpTable TABLE =
      new OpTable()
          .op("Relu(x)", c -> c.x().max(0))
          .op("Relu6(x)", c -> c.x().max(0).min(6))
          .op("Sigmoid(x)", c -> c.floating().sigmoid())
          .op("SparseSigmoid(x)", c -> c.floating().add(1).mul(0.5).clip(0, 1))
          .op("Softplus(x)", c -> softplus(c.floating()))
          .op("Softsign(x)", c -> Value.of(new Activation.Softsign(), c.floating()))
          .op("SoftShrink(x; threshold=0.5)", c -> softShrink(c.floating(), c.number("threshold")))
          .op("SparsePlus(x)", c -> sparsePlus(c.floating()))
          .op("Silu(x)", c -> c.floating().mul(c.floating().sigmoid()))
          .op("Squareplus(x; b=4)", c -> squareplus(c.floating(), c.number("b")))
          .op("LogSigmoid(x)", c -> softplus(c.floating().neg()).neg())
          .op("LeakyRelu(x; negative_slope=0.2)", NnActivations::leaky)
          .op("HardSigmoid(x)", c -> c.floating().div(6).add(0.5).clip(0, 1))
          .op("HardSilu(x)", c -> c.floating().mul(c.floating().div(6).add(0.5).clip(0, 1)))
          .op("Elu(x; alpha=1.0)", c -> exponential(c.floating(), c.number("alpha"), 1))
          .op("Celu(x; alpha=1.0)", c -> celu(c.floating(), c.number("alpha")))
          .op("Selu(x)", c -> c.floating().selu())
          .op("Gelu(x; approximate=True)", c -> gelu(c.floating(), c.flag("approximate")))
          .op("Glu(x; axis=-1)", NnActivations::gated)
          .op("TanhShrink(x)", c -> c.floating().sub(c.floating().tanh()))
          .op("HardTanh(x)", c -> c.floating().clip(-1, 1))
          .op("HardShrink(x; threshold=0.5)", NnActivations::hardShrink)
          .op("Threshold(x; threshold, default_value)", NnActivations::threshold)
          .op("Softmax(x; axis=-1)", c -> softmax(c, false))
          .op("LogSoftmax(x; axis=-1)", c -> softmax(c, true))
          .op("Sparsemax(x; axis=-1)", NnActivations::sparsemax);

  private NnActivations() {}

  /** ln(1 + eˣ), without overflow. */
  private static Value softplus(Value x) {
    return x.max(0).add(Functions.log1p(x.abs().neg().exp()));
  }

  private static Value softShrink(Value x, double threshold) {
    return x.sub(threshold).max(0).add(x.add(threshold).min(0));
  }

  private static Value sparsePlus(Value x) {
    Value bend = x.add(1).square().mul(0.25);
    return x.le(-1).where(x.scalar(0), x.lt(1).where(bend, x));
  }

  private static Value squareplus(Value x, double b) {
    return x.add(x.square().add(b).sqrt()).mul(0.5);
  }

  private static Value leaky(OpCall call) {
    Value x = call.floating();
    return x.max(0).add(x.min(0).mul(call.number("negative_slope")));
  }

  private static Value exponential(Value x, double alpha, double width) {
    return x.gt(0).where(x, Functions.expm1(x.min(0).div(width)).mul(alpha));
  }

  private static Value celu(Value x, double alpha) {
    return exponential(x, alpha, alpha);
  }

  private static Value gelu(Value x, boolean approximate) {
    return Value.of(
        new Gated.Gelu(approximate ? Gated.Approximation.TANH : Gated.Approximation.NONE), x);
  }

  private static Value gated(OpCall call) {
    Value x = call.floating();
    int axis = call.axis("axis", x);
    long half = Sizes.fixed(call, x, axis) / 2;
    return x.slice(axis, 0, half).mul(x.slice(axis, half, Long.MAX_VALUE).sigmoid());
  }

  private static Value hardShrink(OpCall call) {
    Value x = call.floating();
    return x.abs().gt(call.number("threshold")).where(x, x.scalar(0));
  }

  private static Value threshold(OpCall call) {
    Value x = call.floating();
    Value kept = x.gt(call.number("threshold"));
    return kept.where(x, x.scalar(call.number("default_value")));
  }

  /** Over one axis, several, or all. */
  private static Value softmax(OpCall call, boolean logarithm) {
    Value x = call.floating();
    long[] axes = call.axes("axis", x);
    if (axes.length == 1) {
      return logarithm ? x.logSoftmax(axes[0]) : x.softmax(axes[0]);
    }
    Value log = x.sub(x.logSumExp(true, axes));
    return logarithm ? log : log.exp();
  }

  /** As Martins and Astudillo 2016, but for a threshold that adds up all sums, as Keras's does. */
  private static Value sparsemax(OpCall call) {
    Value x = call.floating();
    int axis = call.axis("axis", x);
    Value sorted = Sorting.sort(x, axis, true);
    Value along = Value.constant(Tensor.scalar((long) axis));
    Value sums = Value.of(new AlongAxis.CumSum(false, false), sorted, along);
    Value places = Sizes.range(Sizes.scalar(x, axis)).add(1).cast(x.element());
    Value r = Axes.restore(places, Axes.others(x, axis));
    Value inside = sorted.sub(sums.sub(1).div(r)).gt(0);
    Value count = inside.cast(ElementType.INT32).sum(true, axis).cast(x.element());
    Value most = inside.where(sums, sums.scalar(0)).sum(true, axis);
    return x.sub(most.sub(1).div(count)).max(0);
  }
}
