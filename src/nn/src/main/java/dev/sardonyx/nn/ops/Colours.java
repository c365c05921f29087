package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;

/** Colour spaces. */
final class Colours {
  private Colours() {}

  private static int axis(OpCall call) {
    return NnWindows.lastChannels(call) ? -1 : -3;
  }

  private static Value channel(OpCall call, Value x, long i) {
    return x.slice(axis(call), i, i + 1);
  }

  static Value gray(OpCall call) {
    Value images = call.value("images");
    int rank = images.shape().rank();
    int axis = axis(call) + rank;
    if (images.shape().dim(axis).is(1)) {
      return images;
    }
    Value x = Promotion.floating(images);
    Tensor weights =
        Tensor.from(x.element(), new double[] {0.2989, 0.5870, 0.1140}, new long[] {3});
    Value shares = Axes.restore(Value.constant(weights), Axes.others(x, axis));
    return x.mul(shares).sum(true, axis).cast(images.element());
  }

  static Value toHsv(OpCall call) {
    Value x = call.value("images");
    Value r = channel(call, x, 0);
    Value g = channel(call, x, 1);
    Value b = channel(call, x, 2);
    Value value = r.max(g).max(b);
    Value range = value.sub(r.min(g).min(b));
    Value saturation = Division.orZero(range, value);
    Value norm = Division.orZero(range.onesLike(), range.mul(6));
    Value red = g.sub(b).mul(norm);
    Value green = b.sub(r).mul(norm).add(2.0 / 6);
    Value blue = r.sub(g).mul(norm).add(4.0 / 6);
    Value angle = r.eq(value).where(red, g.eq(value).where(green, blue));
    Value none = range.le(0).where(range.scalar(0), angle);
    Value hue = none.lt(0).where(none.add(1), none);
    return Value.concat(axis(call) + x.shape().rank(), hue, saturation, value);
  }

  static Value toRgb(OpCall call) {
    Value x = call.value("images");
    Value hue = channel(call, x, 0).mul(6);
    Value saturation = channel(call, x, 1);
    Value value = channel(call, x, 2);
    Value r = hue.sub(3).abs().sub(1);
    Value g = hue.sub(2).abs().neg().add(2);
    Value b = hue.sub(4).abs().neg().add(2);
    Value all = Value.concat(axis(call) + x.shape().rank(), r, g, b).clip(0, 1);
    return all.mul(saturation).add(saturation.neg().add(1)).mul(value);
  }
}
