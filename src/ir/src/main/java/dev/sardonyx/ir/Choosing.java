package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators that choose slices, or their order, by data. */
public sealed interface Choosing extends Indexing {
  /**
   * The slices of the axis at which the condition, a vector, holds; without axis, the elements of
   * the input as a vector. What a shorter condition does not speak of is left out.
   */
  @Onnx(since = 28, from = 9, inputs = "input condition", outputs = "output")
  record Compress(@Nullable Long axis) implements Choosing, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      if (in.element(1) != ElementType.BOOL) {
        throw in.fail(
            "TYPE-004", "takes booleans as condition, got " + in.element(1), "cast it to bool");
      }
      requireVector(in, 1);
      Shape x = in.shape(0);
      if (axis == null) {
        return List.of(in.type(0).with(Shape.of(Dim.UNKNOWN)));
      }
      Shape y = x.isRanked() ? x.with(in.axis(axis, x.rank()), Dim.UNKNOWN) : x;
      return List.of(in.type(0).with(y));
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value places = Value.of(new Selection.NonZero(), e.x(1)).squeeze(0);
      Value x = axis == null ? e.x().reshape(-1) : e.x();
      return List.of(x.gather(places, axis == null ? 0 : axis));
    }
  }

  /**
   * The input with the first elements of every sample's sequence in reverse, as many as {@code
   * sequence_lens} [batch] says.
   *
   * @param batchAxis 0 or 1
   * @param timeAxis the other one
   */
  @Onnx(since = 28, from = 10, inputs = "input sequence_lens")
  record ReverseSequence(@Default("1") long batchAxis, @Default("0") long timeAxis)
      implements Choosing, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      if (batchAxis < 0 || batchAxis > 1 || timeAxis != 1 - batchAxis) {
        throw in.fail(
            "ATTR-004",
            "has the batch axis %s and the time axis %s".formatted(batchAxis, timeAxis),
            "they are 0 and 1, or 1 and 0");
      }
      Vectors.requireInt64(in, 1);
      requireVector(in, 1);
      Shape x = in.shape(0);
      if (x.isRanked() && x.rank() < 2) {
        throw in.fail(
            "SHAPE-070",
            "takes an input of rank 2 or more, got rank " + x.rank(),
            "two of its axes are batch and time");
      }
      if (x.isRanked() && in.shape(1).isRanked()) {
        Dim batch = in.shape(1).dim(0);
        Vectors.same(in, x.dim((int) batchAxis), batch, "the batches of input and sequence_lens");
      }
      return List.of(in.type(0));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Value x = e.x();
      if (!x.shape().isRanked()) {
        return null;
      }
      Value zero = Value.constant(Tensor.scalar(0L));
      Value one = Value.constant(Tensor.scalar(1L));
      Value end = Extents.axis(x, (int) timeAxis).squeeze(0);
      Value time = Value.range(zero, end, one).unsqueeze(batchAxis);
      Value length = e.x(1).unsqueeze(timeAxis);
      Value from = time.lt(length).where(length.sub(1).sub(time), time);
      long[] others = new long[x.shape().rank() - 2];
      for (int i = 0; i < others.length; i++) {
        others[i] = i + 2;
      }
      Value indices = others.length == 0 ? from : from.unsqueeze(others);
      return List.of(x.gatherElements(indices.expandLike(x), timeAxis));
    }
  }

  /**
   * The different elements of the input, or, with an axis, the different slices; then for each of
   * them where it stands first, for each element of the input (or index of the axis) which of them
   * it is, and how often each of them stands in the input.
   *
   * @param sorted whether they ascend; else they come in the order of their first places
   */
  @Onnx(since = 28, from = 11, outputs = "Y indices? inverse_indices? counts?")
  @NotDifferentiable("equal elements share one result")
  record Unique(@Nullable Long axis, @Default("1") boolean sorted) implements Choosing, Expandable {
    /** What ONNX Runtime has kernels for. */
    private static final Set<ElementType> COMMON =
        Set.of(
            ElementType.FLOAT32,
            ElementType.FLOAT64,
            ElementType.INT64,
            ElementType.INT8,
            ElementType.STRING);

    /** The same on a wider type that has all of the elements, in their order. */
    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      ElementType element = e.element(0);
      boolean narrow = element.isFloat() || element == ElementType.BOOL || element.isInteger();
      if (COMMON.contains(element) || !narrow || element == ElementType.UINT64) {
        return null;
      }
      ElementType wide = element.isFloat() ? ElementType.FLOAT32 : ElementType.INT64;
      List<Value> x = List.of(e.x().cast(wide));
      List<@Nullable Value> results = new ArrayList<>(Node.of(this, x, e.outputs()).outputs());
      results.set(0, Objects.requireNonNull(results.get(0)).cast(element));
      return results;
    }

    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      Shape y = Shape.of(Dim.UNKNOWN);
      Dim all = x.size();
      if (axis != null) {
        int at = x.isRanked() ? in.axis(axis, x.rank()) : 0;
        y = x.isRanked() ? x.with(at, Dim.UNKNOWN) : x;
        all = x.isRanked() ? x.dim(at) : Dim.UNKNOWN;
      }
      List<Type> types = new ArrayList<>();
      types.add(in.type(0).with(y));
      types.add(TensorType.of(ElementType.INT64, Dim.UNKNOWN));
      types.add(TensorType.of(ElementType.INT64, all));
      types.add(TensorType.of(ElementType.INT64, Dim.UNKNOWN));
      return types.subList(0, Math.min(4, Math.max(1, in.outputs())));
    }
  }

  private static void requireVector(Inference in, int i) {
    Shape shape = in.shape(i);
    if (shape.isRanked() && shape.rank() != 1) {
      throw in.fail(
          "SHAPE-020",
          "takes a vector as %s, got rank %s".formatted(in.schema().inputName(i), shape.rank()),
          "give it the shape [n]");
    }
  }
}
