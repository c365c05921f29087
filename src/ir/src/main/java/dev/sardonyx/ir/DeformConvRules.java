package dev.sardonyx.ir;

import dev.sardonyx.ir.Resampling.Interpolation;
import dev.sardonyx.ir.Resampling.Outside;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What DeformConv takes and gives, and how it is said in other operators. */
final class DeformConvRules {
  private static final int W = 1;
  private static final int OFFSET = 2;
  private static final int BIAS = 3;
  private static final int MASK = 4;

  private DeformConvRules() {}

  static Shape shape(Inference in, Convolution.DeformConv op) {
    in.sameElements(0);
    Sides sides = Sides.of(in, op.group());
    if (sides == null) {
      return Shape.UNRANKED;
    }
    sides.checkAttributes(in, op.kernelShape(), op.strides(), op.dilations(), op.pads());
    sides.checkChannels(
        in,
        sides.w(1).times(op.group()),
        "the kernel's second axis counts input channels divided by groups");
    sides.checkGroups(in, sides.w(0), "output");
    Dim bias = in.has(BIAS) && in.shape(BIAS).isRanked() ? bias(in) : Dim.UNKNOWN;
    Dim filters = Vectors.same(in, sides.w(0), bias, "the output channels and the bias");
    if (op.offsetGroup() < 1) {
      throw in.fail(
          "ATTR-004",
          "has %s in offset_group".formatted(op.offsetGroup()),
          "the least it takes is 1");
    }
    List<Long> kernel = sides.kernel(in, op.kernelShape());
    List<Dim> dims = new ArrayList<>(List.of(sides.x(0), filters));
    for (int i = 0; i < sides.rank(); i++) {
      dims.add(kernel == null ? Dim.UNKNOWN : windows(op, kernel).convolved(in, i, sides.x(i + 2)));
    }
    long elements = kernel == null ? -1 : kernel.stream().reduce(1L, Math::multiplyExact);
    checkMoves(in, OFFSET, dims, elements * op.offsetGroup() * sides.rank());
    checkMoves(in, MASK, dims, elements * op.offsetGroup());
    return Shape.of(dims);
  }

  private static Dim bias(Inference in) {
    Shape shape = in.shape(BIAS);
    if (shape.rank() != 1) {
      throw in.fail(
          "SHAPE-043",
          "takes a vector as B, got rank " + shape.rank(),
          "give it one number for each output channel");
    }
    return shape.dim(0);
  }

  private static void checkMoves(Inference in, int i, List<Dim> y, long numbers) {
    if (!in.has(i) || !in.shape(i).isRanked()) {
      return;
    }
    Shape shape = in.shape(i);
    String name = in.schema().inputName(i);
    if (shape.rank() != y.size()) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank %s, got rank %s".formatted(name, y.size(), shape.rank()),
          "its axes are batch, numbers for the kernel's elements, and those of the result");
    }
    if (numbers >= 0) {
      Vectors.same(in, Dim.of(numbers), shape.dim(1), "the kernel's elements and " + name);
    }
    for (int axis = 2; axis < y.size(); axis++) {
      y.set(axis, Vectors.same(in, y.get(axis), shape.dim(axis), "the result and " + name));
    }
    y.set(0, Vectors.same(in, y.get(0), shape.dim(0), "the batches of X and " + name));
  }

  private static Windows windows(Convolution.DeformConv op, List<Long> kernel) {
    return Windows.of(AutoPad.NOTSET, kernel, op.strides(), op.dilations(), op.pads());
  }

  /**
   * What each element of the kernel meets is read between pixels, then multiplied with the kernel
   * as a matrix; null where the kernel's shape is not known.
   */
  static @Nullable List<@Nullable Value> expand(Expansion e, Convolution.DeformConv op) {
    Shape w = e.shape(W);
    Shape y = e.node().output().shape();
    if (!w.isRanked() || !w.isFixed() || !e.shape(0).isRanked()) {
      return null;
    }
    int rank = w.rank() - 2;
    List<Long> kernel = w.dims().subList(2, w.rank()).stream().map(Dim::value).toList();
    long elements = kernel.stream().reduce(1L, Math::multiplyExact);
    long channels = w.dim(1).value() * op.group();
    Value image = grouped(e.x(), op.offsetGroup(), channels);
    List<Value> extents = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      extents.add(Extents.axis(e.x(), axis + 2));
    }
    ImageSampling sampling =
        new ImageSampling(image, extents, Interpolation.LINEAR, Outside.ZEROS, false);
    Value met = sampling.at(places(e, op, kernel, elements));
    if (e.has(MASK)) {
      // [N·groups, 1, elements·places]
      met = met.mul(folded(e.x(MASK), elements, op.offsetGroup()).reshape(0, 1, -1));
    }
    long rows = w.dim(1).value() * elements;
    Value columns =
        met.reshape(
            Extents.join(List.of(Extents.axis(e.x(), 0), Value.longs(op.group(), rows, -1))));
    long filters = w.dim(0).value();
    Value matrix = e.x(W).reshape(op.group(), filters / op.group(), rows);
    Value product = matrix.matMul(columns).reshape(0, filters, -1);
    if (e.has(BIAS)) {
      product = product.add(e.x(BIAS).unsqueeze(1));
    }
    Value result = product;
    return List.of(
        Extents.reshape(
            result,
            y,
            () ->
                Extents.join(
                    List.of(
                        Extents.axis(e.x(), 0),
                        Value.longs(filters),
                        Extents.shape(e.x(OFFSET), 2, rank + 2)))));
  }

  /** [N,C,…] as [N·groups,C/groups,…]. */
  private static Value grouped(Value x, long groups, long channels) {
    if (groups == 1) {
      return x;
    }
    int rank = x.shape().rank();
    return x.reshape(
        Extents.join(List.of(Value.longs(-1, channels / groups), Extents.shape(x, 2, rank))));
  }

  /** [N,groups·numbers,…] as [N·groups,numbers,places]. */
  private static Value folded(Value x, long numbers, long groups) {
    if (groups == 1) {
      return x.reshape(0, numbers, -1);
    }
    Value parts = x.reshape(0, groups, numbers, -1);
    return parts.reshape(Extents.join(List.of(Value.longs(-1, numbers), Extents.axis(parts, 3))));
  }

  /** For each spatial axis where the elements of the kernel read: [N·groups,elements·places]. */
  private static List<Value> places(
      Expansion e, Convolution.DeformConv op, List<Long> kernel, long elements) {
    int rank = kernel.size();
    Value offsets =
        folded(e.x(OFFSET), elements * rank, op.offsetGroup()).reshape(0, elements, rank, -1);
    List<Value> places = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      Window window = windows(op, kernel).axes().get(axis);
      Value moved = offsets.slice(2, axis, axis + 1).squeeze(2);
      Value start = starts(e, window, axis, rank);
      Value inside = steps(e, kernel, window, axis);
      places.add(moved.add(start).add(inside).reshape(0, -1));
    }
    return places;
  }

  /** Where windows start along an axis, for all places of the result: [1,places]. */
  private static Value starts(Expansion e, Window window, int axis, int rank) {
    Value zero = Value.constant(Tensor.scalar(0L));
    Value one = Value.constant(Tensor.scalar(1L));
    Value extents = Extents.shape(e.x(OFFSET), 2, rank + 2);
    Value extent = Extents.axis(e.x(OFFSET), axis + 2).squeeze(0);
    Value index = Value.range(zero, extent, one).cast(e.element(0));
    long[] shape = LongStream.range(0, rank).map(i -> i == axis ? -1 : 1).toArray();
    Value starts = index.mul(window.stride()).sub(window.before());
    return starts.reshape(shape).expand(extents).reshape(1, -1);
  }

  /** How far the kernel's elements lie behind the start: [elements,1]. */
  private static Value steps(Expansion e, List<Long> kernel, Window window, int axis) {
    int size = Math.toIntExact(kernel.stream().reduce(1L, Math::multiplyExact));
    long inner = kernel.subList(axis + 1, kernel.size()).stream().reduce(1L, Math::multiplyExact);
    double[] steps = new double[size];
    for (int k = 0; k < size; k++) {
      steps[k] = k / inner % kernel.get(axis) * window.dilation();
    }
    return Value.constant(Tensor.from(e.element(0), steps, new long[] {size, 1}));
  }
}
