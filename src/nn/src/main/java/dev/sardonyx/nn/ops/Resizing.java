package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** Images at other extents: a product with a matrix of weights for each axis. */
final class Resizing {
  private static final ElementType WIDE = ElementType.FLOAT64;

  private Resizing() {}

  static Value resize(OpCall call) {
    Value given = call.value("images");
    long[] size = call.perAxis("size", 2);
    Value x = inAspect(call, Images.channelsFirst(call, given), size);
    String method = call.text("interpolation");
    Value y = x;
    for (int i = 0; i < 2; i++) {
      y = axis(call, y, i + 2, size[i], method);
    }
    return Images.fromFirst(call, y, given);
  }

  /** The greatest part, or the least frame, of the ratio that is asked for. */
  private static Value inAspect(OpCall call, Value x, long[] size) {
    boolean crop = call.flag("crop_to_aspect_ratio");
    if (!crop && !call.flag("pad_to_aspect_ratio")) {
      return x;
    }
    long h = Sizes.fixed(call, x, 2);
    long w = Sizes.fixed(call, x, 3);
    long fitH = (long) ((float) (w * size[0]) / size[1]);
    long fitW = (long) ((float) (h * size[1]) / size[0]);
    if (crop) {
      long cropH = Math.max(Math.min(h, fitH), 1);
      long cropW = Math.max(Math.min(w, fitW), 1);
      Value rows = x.slice(2, (h - cropH) / 2, (h - cropH) / 2 + cropH);
      return rows.slice(3, (w - cropW) / 2, (w - cropW) / 2 + cropW);
    }
    long top = (Math.max(h, fitH) - h) / 2;
    long left = (Math.max(w, fitW) - w) / 2;
    return x.pad(new long[] {0, 0, top, left, 0, 0, top, left}, call.number("fill_value"));
  }

  private static Value axis(OpCall call, Value x, int axis, long to, String method) {
    long from = Sizes.fixed(call, x, axis);
    if (method.equals("nearest")) {
      float scale = from / (float) to;
      long[] places =
          LongStream.range(0, to)
              .map(i -> Math.min((long) Math.floor((i + 0.5f) * scale), from - 1))
              .toArray();
      return x.gather(Value.longs(places), axis);
    }
    Value weights;
    if (method.equals("area")) {
      weights = areas(from, to);
    } else {
      Value scale = Value.scalar(WIDE, (double) to / from);
      weights = weights(call, from, to, scale, scale.scalar(0), method, call.flag("antialias"));
    }
    return weighted(x, weights, axis);
  }

  /** Integers are rounded again. */
  private static Value weighted(Value x, Value weights, int axis) {
    Value numbers = Promotion.floating(x);
    int last = x.shape().rank() - 1;
    Value y =
        Axes.move(
            Axes.move(numbers, axis, last).matMul(weights.cast(numbers.element())), last, axis);
    return x.element().isFloat() ? y : y.round().cast(x.element());
  }

  /** How much of each source cell lies in each target cell. */
  private static Value areas(long from, long to) {
    double[] weights = new double[(int) (from * to)];
    double width = (double) from / to;
    for (int i = 0; i < to; i++) {
      for (int k = 0; k < from; k++) {
        double common = Math.min((i + 1) * width, k + 1) - Math.max(i * width, k);
        weights[(int) (k * to + i)] = Math.max(0, common) / width;
      }
    }
    return Value.constant(Tensor.from(WIDE, weights, new long[] {from, to}));
  }

  /** Weights [from, to] of a kernel around each target's place, adding up to 1. */
  private static Value weights(
      OpCall call, long from, long to, Value scale, Value shift, String method, boolean smooth) {
    Value inverse = scale.reciprocal();
    Value width = smooth ? inverse.max(1) : inverse.scalar(1);
    Value centres = count(to).add(0.5).mul(inverse).sub(shift.mul(inverse)).sub(0.5);
    Value apart = centres.unsqueeze(0).sub(count(from).unsqueeze(1)).abs().div(width);
    Value taps = kernel(call, apart, method);
    Value sum = taps.sum(true, 0);
    Value some = sum.abs().gt(1000 * Math.ulp(1f));
    Value shares = some.where(taps.div(some.where(sum, sum.scalar(1))), taps.scalar(0));
    Value inside = centres.ge(-0.5).and(centres.le(from - 0.5));
    return inside.where(shares, shares.scalar(0));
  }

  private static Value count(long n) {
    double[] numbers = LongStream.range(0, n).mapToDouble(i -> i).toArray();
    return Value.constant(Tensor.from(WIDE, numbers, new long[] {n}));
  }

  private static Value kernel(OpCall call, Value x, String method) {
    return switch (method) {
      case "linear", "bilinear", "trilinear", "triangle" -> x.neg().add(1).max(0);
      case "cubic", "bicubic", "tricubic" -> cubic(x);
      case "lanczos3" -> lanczos(x, 3);
      case "lanczos5" -> lanczos(x, 5);
      default -> call.wrong("method", "nearest, bilinear, bicubic, lanczos3, lanczos5 or area");
    };
  }

  /** Keys 1981, with a = -½. */
  private static Value cubic(Value x) {
    Value near = Functions.polynomial(x, 1, 0, -2.5, 1.5);
    Value far = Functions.polynomial(x, 2, -4, 2.5, -0.5);
    return x.ge(2).where(x.scalar(0), x.ge(1).where(far, near));
  }

  private static Value lanczos(Value x, double radius) {
    Value safe = x.gt(1e-3).where(x, x.scalar(1)).mul(Math.PI);
    Value wave = safe.sin().mul(safe.div(radius).sin()).mul(radius).div(safe.square());
    return x.gt(radius).where(x.scalar(0), x.gt(1e-3).where(wave, x.scalar(1)));
  }

  static Value scaleAndTranslate(OpCall call) {
    Value x = call.value("images");
    Value scale = call.value("scale").cast(WIDE);
    Value shift = call.value("translation").cast(WIDE);
    long[] shape = shape(call);
    long[] axes = call.axes("spatial_dims", x);
    Value y = x;
    for (int i = 0; i < axes.length; i++) {
      Value at = Value.longs(i).squeeze(0);
      int axis = (int) axes[i];
      Value weights =
          weights(
              call,
              Sizes.fixed(call, x, axis),
              shape[axis],
              scale.gather(at, 0),
              shift.gather(at, 0),
              call.text("method"),
              call.flag("antialias"));
      y = weighted(y, weights, axis);
    }
    return y;
  }

  private static long[] shape(OpCall call) {
    Object given = call.raw("output_shape");
    Tensor known =
        given instanceof Value value ? value.constant() : given instanceof Tensor t ? t : null;
    if (given instanceof List<?>) {
      return call.integers("output_shape");
    }
    if (known == null) {
      throw call.refuse("needs numbers for output_shape", "give a constant");
    }
    return known.toLongArray();
  }
}
