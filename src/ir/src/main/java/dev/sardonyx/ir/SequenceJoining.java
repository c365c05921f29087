package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators between tensors and lists of their parts, and the one that works on each part. */
public sealed interface SequenceJoining extends Sequences {
  /**
   * The parts of a tensor along an axis: of the lengths that the second input lists, or as many of
   * the length that it is as there are and a shorter last one; without it, of length 1.
   *
   * @param keepdims whether parts of length 1, of which nobody gave the length, keep that axis
   */
  @Onnx(since = 24, from = 11, inputs = "input split?", outputs = "output_sequence")
  record SplitToSequence(@Default("0") long axis, @Default("1") boolean keepdims)
      implements SequenceJoining {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (in.has(1)) {
        Vectors.requireIndex(in, 1);
      }
      if (!x.isRanked()) {
        return List.of(new Type.Sequence(in.type(0)));
      }
      int at = in.axis(axis, x.rank());
      if (in.has(1)) {
        Shape part = x.with(at, length(in, x.dim(at)));
        return List.of(new Type.Sequence(in.type(0).with(part)));
      }
      List<Dim> dims = new ArrayList<>(x.dims());
      dims.remove(at);
      if (keepdims) {
        dims.add(at, Dim.ONE);
      }
      return List.of(new Type.Sequence(in.type(0).with(Shape.of(dims))));
    }

    /** The length that all parts have, or unknown. */
    private static Dim length(Inference in, Dim extent) {
      List<Dim> split = in.content(1);
      if (split == null || !in.shape(1).isRanked()) {
        return Dim.UNKNOWN;
      }
      Vectors.requireExtents(in, 1, split);
      if (in.shape(1).rank() == 0) {
        Dim part = split.get(0);
        boolean even = part.isFixed() && extent.isFixed() && part.value() > 0;
        return even && extent.value() % part.value() == 0 ? part : Dim.UNKNOWN;
      }
      Dim sum = split.stream().reduce(Dim.of(0), Dim::plus);
      if (sum.isFixed() && extent.isFixed() && !sum.equals(extent)) {
        throw in.fail(
            "SHAPE-026",
            "has parts of %s for an axis of %s".formatted(split, extent),
            "the parts must add up to the axis");
      }
      return split.stream().distinct().count() == 1 ? split.get(0) : Dim.UNKNOWN;
    }

    /** How many parts a node of this operator makes. */
    Dim count(Node node) {
      Shape x = node.input(0).shape();
      Shape split = node.hasInput(1) ? node.input(1).shape() : Shape.SCALAR;
      if (split.isRanked() && split.rank() == 1) {
        return split.dim(0);
      }
      if (!x.isRanked() || !split.isRanked()) {
        return Dim.UNKNOWN;
      }
      Dim extent = x.dim((int) axis);
      if (!node.hasInput(1)) {
        return extent;
      }
      List<Dim> length = node.input(1).node().content();
      boolean known = length != null && length.get(0).isFixed() && length.get(0).value() > 0;
      return known ? extent.ceilDiv(length.get(0).value()) : Dim.UNKNOWN;
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return SequenceGradients.split(p, this);
    }
  }

  /**
   * The tensors of a list one after another along an axis.
   *
   * @param newAxis whether the axis is a new one, with one index for each tensor
   */
  @Onnx(since = 11, from = 11, inputs = "input_sequence", outputs = "concat_result")
  record ConcatFromSequence(long axis, @Default("0") boolean newAxis) implements SequenceJoining {
    @Override
    public List<Type> infer(Inference in) {
      TensorType part = Containers.tensors(in, 0);
      Shape shape = part.shape();
      if (!shape.isRanked()) {
        return List.of(part);
      }
      int at = in.axis(axis, newAxis ? shape.rank() + 1 : shape.rank());
      if (!newAxis) {
        return List.of(part.with(shape.with(at, total(in.value(0), at))));
      }
      List<Dim> dims = new ArrayList<>(shape.dims());
      dims.add(at, Containers.length(in.value(0)));
      return List.of(part.with(Shape.of(dims)));
    }

    private static Dim total(Value list, int at) {
      if (list.op() instanceof SplitToSequence split) {
        Shape whole = list.node().input(0).shape();
        boolean same = whole.isRanked() && Math.floorMod(split.axis(), whole.rank()) == at;
        return same ? whole.dim(at) : Dim.UNKNOWN;
      }
      if (!(list.op() instanceof SequenceEditing.SequenceConstruct)) {
        return Dim.UNKNOWN;
      }
      Dim sum = Dim.of(0);
      for (int i = 0; i < list.node().inputs().size(); i++) {
        Shape part = list.node().input(i).shape();
        sum = part.isRanked() ? sum.plus(part.dim(at)) : Dim.UNKNOWN;
      }
      return sum;
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return SequenceGradients.concat(p, this);
    }
  }
}
