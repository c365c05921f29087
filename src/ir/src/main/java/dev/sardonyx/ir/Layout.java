package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that give the same elements another shape or order, or repeat them. */
public sealed interface Layout extends Shaping {
  /**
   * The same elements in row-major order in the shape that the second input holds. There -1, at one
   * place, is what is left over, and 0 keeps the extent at its place unless {@code allowzero}.
   */
  @Onnx(since = 25, from = 5, inputs = "data shape", outputs = "reshaped")
  record Reshape(@Default("0") boolean allowzero) implements Layout, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Reshapes.shape(in, allowzero)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(p.dy().reshapeLike(p.x(0)));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return Layout.vectorOnly(in, Reshapes.shape(in, allowzero));
    }
  }

  /** Axis i of the result is axis perm[i] of the input; without perm the axes are reversed. */
  @Onnx(since = 25, from = 1, inputs = "data", outputs = "transposed")
  record Transpose(List<Long> perm) implements Layout {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (!perm.isEmpty() || x.isRanked()) {
        int rank = x.isRanked() ? x.rank() : perm.size();
        Layout.requirePermutation(in, perm, rank);
        x = x.isRanked() ? x : Vectors.unknown(rank);
      }
      return List.of(in.type(0).with(permuted(x)));
    }

    private Shape permuted(Shape x) {
      if (!x.isRanked()) {
        return x;
      }
      if (!perm.isEmpty()) {
        return Shape.of(perm.stream().map(axis -> x.dim(axis.intValue())).toList());
      }
      List<Dim> reversed = new ArrayList<>(x.dims());
      Collections.reverse(reversed);
      return Shape.of(reversed);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Long[] inverse = new Long[perm.size()];
      for (int i = 0; i < inverse.length; i++) {
        inverse[perm.get(i).intValue()] = (long) i;
      }
      return p.toFirst(Value.of(new Transpose(Arrays.asList(inverse)), p.dy()));
    }
  }

  /** The input without the axes listed, each of extent 1; without a list, without all such. */
  @Onnx(since = 25, inputs = "data axes?", outputs = "squeezed")
  record Squeeze() implements Layout, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Reshapes.squeezed(in)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(
          p.has(1) ? Value.of(new Unsqueeze(), p.dy(), p.x(1)) : p.dy().reshapeLike(p.x(0)));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return in.content(0);
    }
  }

  /** The input with new axes of extent 1; the list says where in the result. */
  @Onnx(since = 25, inputs = "data axes", outputs = "expanded")
  record Unsqueeze() implements Layout, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Reshapes.unsqueezed(in)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      // ONNX Runtime takes a scalar axis here, and a vector only in Squeeze.
      return p.toFirst(Value.of(new Squeeze(), p.dy(), p.x(1).reshape(-1)));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return Layout.vectorOnly(in, Reshapes.unsqueezed(in));
    }
  }

  /** The input as a matrix: the axes before {@code axis} make its rows, the others its columns. */
  @Onnx(since = 25, from = 1, inputs = "input", outputs = "output")
  record Flatten(@Default("1") long axis) implements Layout {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (!x.isRanked()) {
        return List.of(in.type(0).with(Vectors.unknown(2)));
      }
      int rank = x.rank();
      int at = axis == rank ? rank : in.axis(axis, rank);
      Dim rows = Shape.of(x.dims().subList(0, at)).size();
      Dim columns = Shape.of(x.dims().subList(at, rank)).size();
      return List.of(in.type(0).with(Shape.of(rows, columns)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(p.dy().reshapeLike(p.x(0)));
    }
  }

  /** The input repeated to what it and the shape broadcast to. */
  @Onnx(since = 13, from = 8, inputs = "input shape", outputs = "output")
  record Expand() implements Layout, Broadcasts, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      List<Dim> shape = Vectors.int64s(in, 1);
      if (shape == null) {
        return List.of(in.type(0).with(Shape.UNRANKED));
      }
      Vectors.requireExtents(in, 1, shape);
      return List.of(in.type(0).with(in.broadcast(in.shape(0), Shape.of(shape))));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(p.dy());
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      List<Dim> x = in.content(0);
      List<Dim> shape = Vectors.elements(in, 1);
      if (x == null || shape == null || shape.size() > 1) {
        return null;
      }
      return shape.isEmpty() || shape.get(0).is(1) || shape.get(0).is(x.size())
          ? x
          : Layout.repeated(x, x.size() == 1 ? shape.get(0) : Dim.UNKNOWN);
    }
  }

  /** The input repeated; for every axis the number of copies. */
  @Onnx(since = 13, from = 6, inputs = "input repeats", outputs = "output")
  record Tile() implements Layout, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(new TensorType(in.element(0), Reshapes.tiled(in)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(Reshapes.untiled(p));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      List<Dim> x = in.content(0);
      List<Dim> repeats = Vectors.elements(in, 1);
      if (x == null || repeats == null) {
        return null;
      }
      return repeats.isEmpty() ? x : Layout.repeated(x, repeats.get(0));
    }
  }

  private static @Nullable List<Dim> vectorOnly(Inference in, Shape result) {
    return result.isRanked() && result.rank() <= 1 ? in.content(0) : null;
  }

  private static @Nullable List<Dim> repeated(List<Dim> x, Dim times) {
    if (!times.isFixed() || times.value() > Vectors.MAX_LENGTH) {
      return null;
    }
    List<Dim> all = new ArrayList<>();
    for (int i = 0; i < times.value(); i++) {
      all.addAll(x);
    }
    return all;
  }

  private static void requirePermutation(Inference in, List<Long> perm, int rank) {
    List<Long> sorted = perm.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i) != i) {
        throw in.fail(
            "ATTR-004",
            "cannot take %s as perm".formatted(perm),
            "perm lists every axis from 0 on exactly once");
      }
    }
    if (!perm.isEmpty() && perm.size() != rank) {
      throw in.fail(
          "ATTR-040",
          "has a perm of %s axes for a tensor of rank %s".formatted(perm.size(), rank),
          "perm lists every axis exactly once");
    }
  }
}
