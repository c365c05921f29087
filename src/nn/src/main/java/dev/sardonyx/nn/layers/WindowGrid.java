package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Pooling;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Configurable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows that slide over the spatial axes of [batch, channels, …], however many there are.
 *
 * @param size elements of a window along each axis
 * @param strides how far the next window lies
 * @param dilation how far the elements of a window lie apart
 */
public record WindowGrid(
    List<Long> size, List<Long> strides, List<Long> dilation, Padding padding) {
  /** An input and how ONNX's operators are to pad it: by numbers, or by a rule. */
  private record Placed(Value x, AutoPad auto, List<Long> pads) {}

  /** Windows that do not spread over what they skip. */
  public static WindowGrid undilated(List<Long> size, List<Long> strides, Padding padding) {
    return new WindowGrid(size, strides, Collections.nCopies(size.size(), 1L), padding);
  }

  /** Refuses inputs that are too small for a single window. */
  public void requireRoom(Configurable owner, TensorType input, DataFormat format) {
    List<Dim> extents = format.spatial(input);
    for (int i = 0; padding == Padding.VALID && i < extents.size(); i++) {
      Dim extent = extents.get(i);
      if (extent.isFixed() && extent.value() < reach(i)) {
        int rank = size.size();
        throw new Diagnostic(
                "NN-016",
                "%s has windows of %s for a %s of %s"
                    .formatted(owner.className(), reach(i), Options.axes(rank).get(i), extent),
                Location.current(),
                "input: " + List.of(input),
                "use smaller windows or padding(SAME); check which axes are "
                    + Options.axes(rank, " and "))
            .exception();
      }
    }
  }

  /** The convolution with weights [filters, channels / groups, …]. */
  public Value convolve(Value x, Value weights, @Nullable Value bias, long groups) {
    Placed placed = place(x, 0);
    return Value.of(
        new Convolution.Conv(placed.auto, dilation, groups, size, placed.pads, strides),
        placed.x,
        weights,
        bias);
  }

  /** The greatest element of each window; padding never wins. Integers count as float64. */
  public Value maxPool(Value given) {
    boolean isFloat = given.element().isFloat();
    Value x = isFloat ? given : given.cast(ElementType.FLOAT64);
    Placed placed = place(x, Double.NEGATIVE_INFINITY);
    Value y =
        Value.of(
            new Pooling.MaxPool(placed.auto, false, List.of(), size, placed.pads, false, strides),
            placed.x);
    return isFloat ? y : y.cast(given.element());
  }

  /** The mean of each window; padding does not count. */
  public Value averagePool(Value x) {
    Placed placed = place(x, 0);
    if (placed.x == x) {
      return averagePool(placed, false);
    }
    // Zeros that count lower the mean of ones just as much.
    return averagePool(placed, true).div(averagePool(place(x.onesLike(), 0), true));
  }

  private Value averagePool(Placed placed, boolean countPadding) {
    return Value.of(
        new Pooling.AveragePool(
            placed.auto, false, countPadding, List.of(), size, placed.pads, strides),
        placed.x);
  }

  private Placed place(Value x, double fill) {
    List<Dim> extents = DataFormat.CHANNELS_FIRST.spatial(x.tensorType());
    List<Long> begins = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < extents.size(); i++) {
      Long total = total(i, extents.get(i));
      if (total == null) {
        return leavesToOnnx()
            ? new Placed(x, AutoPad.SAME_UPPER, List.of())
            : new Placed(padAtRunTime(x, fill), AutoPad.NOTSET, List.of());
      }
      long begin = padding == Padding.CAUSAL ? total : total / 2;
      begins.add(begin);
      ends.add(total - begin);
    }
    begins.addAll(ends);
    boolean none = begins.stream().allMatch(pad -> pad == 0);
    return new Placed(x, AutoPad.NOTSET, none ? List.of() : List.copyOf(begins));
  }

  /** Elements from the first to the last of one window. */
  private long reach(int i) {
    return (size.get(i) - 1) * dilation.get(i) + 1;
  }

  /** TensorFlow's rule: max((⌈extent / stride⌉ - 1) · stride + reach - extent, 0). */
  private @Nullable Long total(int i, Dim extent) {
    long stride = strides.get(i);
    if (padding == Padding.VALID) {
      return 0L;
    }
    if (stride == 1 || padding == Padding.CAUSAL) {
      return reach(i) - 1;
    }
    if (!extent.isFixed()) {
      return null;
    }
    long windows = extent.ceilDiv(stride).value();
    return Math.max((windows - 1) * stride + reach(i) - extent.value(), 0);
  }

  /** ONNX Runtime's own rule cuts off where windows leave gaps, and does not know dilation. */
  private boolean leavesToOnnx() {
    for (int i = 0; i < size.size(); i++) {
      if (reach(i) < strides.get(i) || dilation.get(i) > 1) {
        return false;
      }
    }
    return true;
  }

  /** The same rule on extents that only running the model tells. */
  private Value padAtRunTime(Value x, double fill) {
    int rank = size.size();
    Value extents = x.shapeOf().slice(0, 2, 2 + rank);
    Value stride = longs(strides);
    List<Long> reaches = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      reaches.add(reach(i));
    }
    Value last = extents.sub(Value.longs(1)).div(stride).mul(stride);
    Value total = last.add(longs(reaches)).sub(extents).max(Value.longs(0));
    Value before = total.div(Value.longs(2));
    Value zeros = Value.longs(0, 0);
    Value pads = Value.concat(0, zeros, before, zeros, total.sub(before));
    return Value.of(new Slicing.Pad(Slicing.PadMode.CONSTANT), x, pads, x.scalar(fill));
  }

  private static Value longs(List<Long> values) {
    return Value.longs(values.stream().mapToLong(v -> v).toArray());
  }
}
