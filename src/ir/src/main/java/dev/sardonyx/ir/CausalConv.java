package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What CausalConvWithState takes and gives, and how it is said in other operators. */
final class CausalConv {
  private static final int BIAS = 2;
  private static final int PAST = 3;

  private CausalConv() {}

  static List<Type> types(Inference in) {
    Shape x = ranked(in, 0, "its axes are batch, channels and time");
    Shape w = ranked(in, 1, "its axes are channels, 1 and taps");
    if (w.dim(1).isFixed() && !w.dim(1).is(1)) {
      throw in.fail(
          "SHAPE-040",
          "needs a weight for 1 channel each, got " + w.dim(1),
          "the weight has the shape [channels,1,taps]");
    }
    if (w.dim(2).is(0)) {
      throw in.fail(
          "SHAPE-040", "has a weight without taps", "the weight has the shape [channels,1,taps]");
    }
    Dim channels = Vectors.same(in, x.dim(1), w.dim(0), "the channels of input and weight");
    Dim batch = x.dim(0);
    Dim kept = w.dim(2).minus(1);
    if (in.has(BIAS) && in.shape(BIAS).isRanked()) {
      if (in.shape(BIAS).rank() != 1) {
        throw in.fail(
            "SHAPE-043",
            "takes a vector as bias, got rank " + in.shape(BIAS).rank(),
            "give it one number for each channel");
      }
      channels = Vectors.same(in, channels, in.shape(BIAS).dim(0), "the channels and the bias");
    }
    if (in.has(PAST)) {
      Shape past = ranked(in, PAST, "its axes are batch, channels and the taps but one");
      batch = Vectors.same(in, batch, past.dim(0), "the batches of input and past_state");
      channels = Vectors.same(in, channels, past.dim(1), "the channels of input and past_state");
      kept = Vectors.same(in, kept, past.dim(2), "the taps but one and the length of past_state");
    }
    return List.of(
        in.type(0).with(Shape.of(batch, channels, x.dim(2))),
        in.type(0).with(Shape.of(batch, channels, kept)));
  }

  private static Shape ranked(Inference in, int i, String help) {
    Shape shape = in.shape(i);
    if (shape.isRanked() && shape.rank() != 3) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank 3, got rank %s".formatted(in.schema().inputName(i), shape.rank()),
          help);
    }
    return shape.isRanked() ? shape : Vectors.unknown(3);
  }

  /** The results; null where the number of taps is not known. */
  static @Nullable List<@Nullable Value> expand(Expansion e, Caching.ConvActivation activation) {
    Shape w = e.shape(1);
    Value x = e.x();
    if (!w.isRanked() || !w.dim(2).isFixed()) {
      return null;
    }
    long taps = w.dim(2).value();
    Value whole = x;
    if (taps > 1) {
      whole =
          e.has(PAST)
              ? Value.concat(2, e.x(PAST), x)
              : x.pad(new long[] {0, 0, taps - 1, 0, 0, 0}, 0);
    }
    Value y = w.dim(0).isFixed() ? convolved(e, whole, w.dim(0).value()) : summed(e, whole, taps);
    if (activation != Caching.ConvActivation.NONE) {
      Value wide = y.element().bits() < 32 ? y.cast(ElementType.FLOAT32) : y;
      y = wide.mul(wide.sigmoid()).cast(y.element());
    }
    long start = taps == 1 ? Long.MAX_VALUE : 1 - taps;
    return List.of(y, whole.slice(2, start, Long.MAX_VALUE));
  }

  private static Value convolved(Expansion e, Value whole, long channels) {
    List<Long> none = List.of();
    Op conv = new Convolution.Conv(AutoPad.NOTSET, none, channels, none, none, none);
    return Value.of(conv, whole, e.x(1), e.optional(BIAS));
  }

  /** For a number of channels that only running tells, which Conv could not take as its groups. */
  private static Value summed(Expansion e, Value whole, long taps) {
    Value y = null;
    for (long k = 0; k < taps; k++) {
      long end = k == taps - 1 ? Long.MAX_VALUE : k + 1 - taps;
      Value weight = e.x(1).slice(2, k, k + 1).squeeze(1);
      Value term = whole.slice(2, k, end).mul(weight);
      y = y == null ? term : y.add(term);
    }
    Value sum = Objects.requireNonNull(y);
    return e.has(BIAS) ? sum.add(e.x(BIAS).unsqueeze(1)) : sum;
  }
}
