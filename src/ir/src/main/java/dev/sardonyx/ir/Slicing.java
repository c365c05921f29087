package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Operators that cut tensors into parts, join them and put borders around them. */
public sealed interface Slicing extends Shaping {
  /** What a border holds. */
  enum PadMode {
    /** One value. */
    CONSTANT,
    /** The tensor mirrored at its outermost elements, which are not repeated. */
    REFLECT,
    /** The outermost elements, repeated. */
    EDGE,
    /** The tensor's other end. */
    WRAP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The inputs one after another along the axis. */
  @Onnx(since = 13, from = 4, inputs = "inputs*", outputs = "concat_result")
  record Concat(long axis) implements Slicing, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(new TensorType(in.element(0), Parts.joined(in, axis)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return Parts.parted(p, axis);
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      List<Dim> all = new ArrayList<>();
      for (int i = 0; i < in.size(); i++) {
        List<Dim> part = in.has(i) ? Vectors.elements(in, i) : null;
        if (part == null || !in.shape(i).isRanked()) {
          return null;
        }
        all.addAll(part);
      }
      return all;
    }
  }

  /**
   * The input cut into parts along the axis: of the sizes that the second input lists, or {@code
   * numOutputs} equal ones of which the last may be smaller.
   */
  @Onnx(since = 18, inputs = "input split?", outputs = "outputs*")
  record Split(@Default("0") long axis, @Nullable Long numOutputs) implements Slicing {
    @Override
    public List<Type> infer(Inference in) {
      List<Type> types = new ArrayList<>();
      for (Dim size : Parts.sizes(in, axis, numOutputs)) {
        Shape x = in.shape(0);
        types.add(in.type(0).with(x.isRanked() ? x.with(in.axis(axis, x.rank()), size) : x));
      }
      return types;
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      List<Value> parts = new ArrayList<>();
      for (int i = 0; i < p.node().outputs().size(); i++) {
        parts.add(p.dy(i));
      }
      return p.toFirst(parts.size() == 1 ? parts.get(0) : Value.concat(axis, parts));
    }
  }

  /**
   * From {@code starts} to {@code ends}, which is left out, in {@code steps} along {@code axes}, as
   * Python slices: negative bounds count from the end, those outside are moved to the edge.
   */
  @Onnx(since = 13, from = 10, inputs = "data starts ends axes? steps?", outputs = "output")
  record Slice() implements Slicing, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Slices.shape(in)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(SliceGradient.of(p));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      List<Dim> x = in.content(0);
      long[] starts = in.longs(1);
      long[] ends = in.longs(2);
      long[] steps = in.has(4) ? in.longs(4) : new long[] {1};
      boolean known = x != null && starts != null && ends != null && steps != null;
      if (!known || starts.length == 0) {
        return known ? x : null;
      }
      return Slices.Bounds.of(x.size(), starts[0], ends[0], steps[0]).pick(x);
    }
  }

  /**
   * The input with a border: {@code pads} counts elements before each axis, then after each; a
   * negative count cuts off. The third input is what a constant border holds, 0 without it; the
   * fourth says which axes have one, all without it.
   */
  @Onnx(since = 25, from = 11, inputs = "data pads constant_value? axes?", outputs = "output")
  record Pad(@Default("constant") PadMode mode) implements Slicing {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Borders.shape(in, mode)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      List<@Nullable Value> gradients = new ArrayList<>(Collections.nCopies(p.size(), null));
      Value dx = Borders.gradient(p, mode);
      gradients.set(0, dx);
      if (mode == PadMode.CONSTANT && p.has(2)) {
        // The border has what of dy did not come from inside.
        gradients.set(2, p.dy().sum().sub(dx.sum()).reshapeLike(p.x(2)));
      }
      return gradients;
    }
  }
}
