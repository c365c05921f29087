package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Normalizations and statistics. */
final class NnNormalization {
  private static final double EPSILON = 1e-7;

  static final OpTable TABLE =
      new OpTable()
          .many("Moments(x; axes, keepdims=False, synchronized=False)", NnNormalization::moments)
          .op(
              "BatchNorm(x, mean, variance, offset=None, scale=None; axis, epsilon=0.001)",
              NnNormalization::batch)
          .op(
              "LayerNorm(x, gamma=None, beta=None; axis=-1, epsilon=None, rms_scaling=False)",
              NnNormalization::layer)
          .op("RMSNorm(x, scale=None; axis=-1, epsilon=None)", NnNormalization::rms)
          .op("Normalize(x; axis=-1, order=2, epsilon=None)", NnNormalization::normalize);

  private NnNormalization() {}

  private static double epsilon(OpCall call) {
    return call.has("epsilon") ? call.number("epsilon") : EPSILON;
  }

  private static Value wide(Value x) {
    return x.element() == ElementType.FLOAT64 ? x : x.cast(ElementType.FLOAT32);
  }

  private static List<Value> moments(OpCall call) {
    Value x = call.x();
    long[] axes = call.axes("axes", x);
    boolean keep = call.flag("keepdims");
    Value numbers = wide(x);
    Value mean = numbers.mean(true, axes);
    Value variance = numbers.sub(mean).square().mean(keep, axes);
    return List.of(
        (keep ? mean : mean.squeeze(axes)).cast(x.element()), variance.cast(x.element()));
  }

  private static Value batch(OpCall call) {
    Value x = call.x();
    int axis = call.axis("axis", x);
    Value scale = along(call, "variance", x, axis).add(epsilon(call)).sqrt().reciprocal();
    if (call.has("scale")) {
      scale = scale.mul(along(call, "scale", x, axis));
    }
    Value y = x.sub(along(call, "mean", x, axis)).mul(scale);
    return call.has("offset") ? y.add(along(call, "offset", x, axis)) : y;
  }

  private static Value along(OpCall call, String name, Value x, int axis) {
    return Axes.restore(call.value(name).reshape(-1).cast(x.element()), Axes.others(x, axis));
  }

  private static Value layer(OpCall call) {
    Value x = call.x();
    long[] axes = call.axes("axis", x);
    Arrays.sort(axes);
    Value numbers = wide(x);
    Value mean = numbers.mean(true, axes);
    Value off = numbers.sub(mean);
    Value inverse = off.square().mean(true, axes).add(epsilon(call)).sqrt().reciprocal();
    boolean rms = call.flag("rms_scaling");
    Value y = (rms ? numbers : off).mul(inverse);
    Value gamma = weight(call, "gamma", numbers, axes);
    Value beta = rms ? null : weight(call, "beta", numbers, axes);
    Value scaled = gamma == null ? y : y.mul(gamma);
    return (beta == null ? scaled : scaled.add(beta)).cast(x.element());
  }

  /** A weight that has the normalized axes, in their places. */
  private static @Nullable Value weight(OpCall call, String name, Value x, long[] axes) {
    if (!call.has(name)) {
      return null;
    }
    Value weight = call.value(name).cast(x.element());
    boolean own = weight.shape().rank() == axes.length && axes.length < x.shape().rank();
    return own ? Axes.restore(weight, Axes.others(x, axes)) : weight;
  }

  private static Value rms(OpCall call) {
    Value x = call.x();
    Value numbers = wide(x);
    long[] axes = call.axes("axis", x);
    Value root = numbers.square().mean(true, axes).add(epsilon(call)).sqrt();
    Value y = numbers.div(root);
    return (call.has("scale") ? y.mul(call.value("scale").cast(y.element())) : y).cast(x.element());
  }

  private static Value normalize(OpCall call) {
    Value x = call.floating();
    long order = call.integer("order");
    long[] axes = call.axes("axis", x);
    if (order == 2) {
      Value inverse = x.square().sum(true, axes).sqrt().reciprocal();
      return x.mul(inverse.min(1 / epsilon(call)));
    }
    Value sum = x.abs().pow(order).sum(true, axes).pow(1.0 / order);
    return x.div(sum.max(epsilon(call)));
  }
}
