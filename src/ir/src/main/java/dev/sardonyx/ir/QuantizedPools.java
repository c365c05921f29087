package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime's pools of quantized images, some with the channels as the last axis. */
public sealed interface QuantizedPools extends Contrib, Formula {
  /**
   * The mean of each window.
   *
   * @param channelsLast whether images are [N,…,C] instead of [N,C,…]
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "X x_scale x_zero_point? y_scale y_zero_point?",
      domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearAveragePool(
      @Default("NOTSET") AutoPad autoPad,
      @Default("0") boolean ceilMode,
      @Default("0") boolean channelsLast,
      @Default("0") boolean countIncludePad,
      List<Long> kernelShape,
      List<Long> pads,
      List<Long> strides)
      implements QuantizedPools {
    @Override
    public List<Type> infer(Inference in) {
      Pooling.check(in, kernelShape, strides, List.of(), pads);
      Windows windows = Windows.of(autoPad, kernelShape, strides, List.of(), pads);
      Shape x = first(in.shape(0), channelsLast);
      Shape y = Pooling.pooled(in, x, windows, ceilMode);
      return List.of(in.type(0).with(last(y, channelsLast)));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      if (!e.shape(0).isRanked()) {
        return null;
      }
      Op pool =
          new Pooling.AveragePool(
              autoPad, ceilMode, countIncludePad, List.of(), kernelShape, pads, strides);
      Value x = first(Fused.real(e.x(0), e.x(1), e.optional(2)), channelsLast);
      Value y = last(Value.of(pool, x), channelsLast);
      return Fused.quantized(y, e.x(3), e.optional(4), e.element(0));
    }
  }

  /**
   * The mean over all spatial axes, which stay as 1.
   *
   * @param channelsLast whether images are [N,…,C] instead of [N,C,…]
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "X x_scale x_zero_point y_scale y_zero_point",
      domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearGlobalAveragePool(@Default("0") boolean channelsLast) implements QuantizedPools {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (!x.isRanked()) {
        return List.of(in.type(0));
      }
      if (x.rank() < 3) {
        throw in.fail(
            "SHAPE-042",
            "needs an input of rank 3 or more, got rank " + x.rank(),
            "the axes are batch, channels, then one or more spatial ones");
      }
      for (int axis : spatial(x)) {
        x = x.with(axis, Dim.ONE);
      }
      return List.of(in.type(0).with(x));
    }

    private int[] spatial(Shape x) {
      return channelsLast
          ? IntStream.range(1, x.rank() - 1).toArray()
          : IntStream.range(2, x.rank()).toArray();
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      if (!e.shape(0).isRanked()) {
        return null;
      }
      long[] axes = Arrays.stream(spatial(e.shape(0))).asLongStream().toArray();
      Value y = Fused.real(e.x(0), e.x(1), e.x(2)).mean(true, axes);
      return Fused.quantized(y, e.x(3), e.x(4), e.element(0));
    }
  }

  /** The greatest element of each window of bytes [N,…,C]. */
  @Onnx(since = 1, from = 1, inputs = "x", outputs = "y", domain = Contrib.DOMAIN)
  @NotDifferentiable("the elements are integers")
  record NhwcMaxPool(
      @Default("NOTSET") AutoPad autoPad,
      @Default("0") boolean ceilMode,
      List<Long> dilations,
      List<Long> kernelShape,
      List<Long> pads,
      List<Long> strides)
      implements QuantizedPools {
    @Override
    public List<Type> infer(Inference in) {
      Pooling.check(in, kernelShape, strides, dilations, pads);
      Windows windows = Windows.of(autoPad, kernelShape, strides, dilations, pads);
      Shape y = Pooling.pooled(in, first(in.shape(0), true), windows, ceilMode);
      return List.of(in.type(0).with(last(y, true)));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      if (!e.shape(0).isRanked()) {
        return null;
      }
      Op pool =
          new Pooling.MaxPool(autoPad, ceilMode, dilations, kernelShape, pads, false, strides);
      return last(Value.of(pool, first(e.x(), true)), true);
    }
  }

  private static Shape first(Shape x, boolean channelsLast) {
    return channelsLast && x.isRanked() && x.rank() > 1 ? moved(x, x.rank() - 1, 1) : x;
  }

  private static Shape last(Shape y, boolean channelsLast) {
    return channelsLast && y.isRanked() ? moved(y, 1, y.rank() - 1) : y;
  }

  private static Shape moved(Shape x, int from, int to) {
    List<Dim> dims = new ArrayList<>(x.dims());
    dims.add(to, dims.remove(from));
    return Shape.of(dims);
  }

  private static Value first(Value x, boolean channelsLast) {
    return channelsLast ? moved(x, x.shape().rank() - 1, 1) : x;
  }

  private static Value last(Value y, boolean channelsLast) {
    return channelsLast ? moved(y, 1, y.shape().rank() - 1) : y;
  }

  private static Value moved(Value x, int from, int to) {
    List<Long> order = new ArrayList<>(LongStream.range(0, x.shape().rank()).boxed().toList());
    order.add(to, order.remove(from));
    return x.transpose(order.stream().mapToLong(i -> i).toArray());
  }
}
