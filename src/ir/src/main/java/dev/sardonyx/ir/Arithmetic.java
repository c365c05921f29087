package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Arithmetic on elements of several tensors. */
public sealed interface Arithmetic extends Broadcasting {
  /** y = a + b. */
  @Onnx(since = 14, inputs = "A B", outputs = "C")
  record Add() implements Arithmetic, ShapeOnly {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return Arrays.asList(p.dy(), p.dy());
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return elementwise(in, Dim::plus);
    }
  }

  /** y = a - b. */
  @Onnx(since = 14, inputs = "A B", outputs = "C")
  record Sub() implements Arithmetic, ShapeOnly {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return Arrays.asList(p.dy(), p.dy().neg());
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return elementwise(in, Dim::minus);
    }
  }

  /** y = a · b. */
  @Onnx(since = 14, inputs = "A B", outputs = "C")
  record Mul() implements Arithmetic, ShapeOnly {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return Arrays.asList(p.dy().mul(p.x(1)), p.dy().mul(p.x(0)));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return elementwise(in, Dim::times);
    }
  }

  /** y = a / b; integers are truncated. */
  @Onnx(since = 14, inputs = "A B", outputs = "C")
  record Div() implements Arithmetic, ShapeOnly {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return Arrays.asList(p.dy().div(p.x(1)), p.dy().mul(p.y()).div(p.x(1)).neg());
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return elementwise(in, Div::quotient);
    }

    private static Dim quotient(Dim a, Dim b) {
      // Extents are not negative, so that truncation is the floor.
      return a.isFixed() && b.isFixed() ? Dim.of(a.value() / b.value()) : a.floorDiv(b);
    }
  }

  /**
   * y = a ^ b, in a's element type. The gradient of a is 0 where b = 0, that of b is 0 where a = 0
   * and b ≥ 0, as in PyTorch.
   */
  @Onnx(since = 15, inputs = "X Y", outputs = "Z")
  record Pow() implements Arithmetic {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(new TensorType(in.element(0), in.broadcast(0)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value base = p.x(0);
      Value exponent = p.x(1).cast(base.element());
      Value da =
          exponent
              .eq(0)
              .where(p.dy().scalar(0), p.dy().mul(exponent).mul(base.pow(exponent.sub(1))));
      if (!p.x(1).element().isFloat()) {
        return Arrays.asList(da, null);
      }
      Value flat = base.eq(0).and(exponent.ge(0));
      // Not the logarithm of 0, whose own gradient is infinite.
      Value safe = flat.where(base.scalar(1), base);
      Value db = flat.where(p.dy().scalar(0), p.dy().mul(p.y()).mul(safe.log()));
      return Arrays.asList(da, db.cast(p.x(1).element()));
    }
  }

  /**
   * The remainder a - q·b, with the quotient q rounded down, so that it has the divisor's sign; or
   * with fmod truncated, so that it has the dividend's.
   */
  @Onnx(since = 28, inputs = "A B", outputs = "C")
  record Mod(@Default("0") boolean fmod) implements Arithmetic, Formula {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      // a = q·b + y with q constant between jumps.
      Value q = p.x(0).sub(p.y()).div(p.x(1)).round();
      return Arrays.asList(p.dy(), p.dy().mul(q).neg());
    }

    /** Rounding down by truncating, of floats. */
    @Override
    public @Nullable Value formula(Expansion e) {
      if (fmod || !e.element(0).isFloat()) {
        return null;
      }
      Value b = e.x(1);
      Value rest = Value.of(new Mod(true), e.x(0), b);
      Value below = b.lt(0);
      Value zero = below.where(b.scalar(-0.0), b.scalar(0));
      Value other = rest.lt(0).xor(below).where(rest.add(b), rest);
      return rest.eq(0).where(zero, other);
    }
  }

  /** The greatest of all inputs; at a tie of n of them each takes 1/n of the gradient. */
  @Onnx(since = 13, inputs = "data_0*", outputs = "max")
  record Max() implements Arithmetic, ShapeOnly {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return toWinners(p);
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return in.size() == 2 ? elementwise(in, Dim::max) : null;
    }
  }

  /** The least of all inputs; at a tie of n of them each takes 1/n of the gradient. */
  @Onnx(since = 13, inputs = "data_0*", outputs = "min")
  record Min() implements Arithmetic, ShapeOnly {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return toWinners(p);
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return in.size() == 2 ? elementwise(in, Dim::min) : null;
    }
  }

  /**
   * x moved into [min, max]; at a bound the gradient is the bound's and not that of x, as in
   * PyTorch.
   */
  @Onnx(since = 13, inputs = "input min? max?", outputs = "output")
  record Clip() implements Arithmetic, Formula {
    @Override
    public Value formula(Expansion e) {
      Value above = e.has(1) ? e.x().max(e.x(1)) : e.x();
      return e.has(2) ? above.min(e.x(2)) : above;
    }

    @Override
    public List<Type> infer(Inference in) {
      for (int i = 1; i < in.size(); i++) {
        if (in.has(i) && in.shape(i).isRanked() && in.shape(i).rank() != 0) {
          throw in.fail(
              "SHAPE-020",
              "takes a scalar as %s, got the shape %s"
                  .formatted(in.schema().inputName(i), in.shape(i)),
              "give one element, of the shape []");
        }
      }
      return List.of(in.type(0));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value dx = p.dy();
      Value zero = p.dy().scalar(0);
      Value dmin = null;
      Value dmax = null;
      // Where the bounds cross the result is max, so that below min counts only without that.
      if (p.has(2)) {
        Value above = p.x(0).ge(p.x(2));
        if (p.has(1)) {
          above = above.or(p.x(1).gt(p.x(2)));
        }
        dx = above.where(zero, dx);
        dmax = above.where(p.dy(), zero);
      }
      if (p.has(1)) {
        Value below = p.x(0).le(p.x(1));
        if (p.has(2)) {
          below = below.and(p.x(1).le(p.x(2)));
        }
        dx = below.where(zero, dx);
        dmin = below.where(p.dy(), zero);
      }
      return Arrays.asList(dx, dmin, dmax).subList(0, p.size());
    }
  }

  private static List<@Nullable Value> toWinners(Pullback p) {
    List<Value> wins = new ArrayList<>();
    for (int i = 0; i < p.size(); i++) {
      wins.add(p.x(i).eq(p.y()).cast(p.dy().element()));
    }
    Value share = p.dy().div(wins.stream().reduce(Value::add).orElseThrow());
    List<@Nullable Value> gradients = new ArrayList<>();
    wins.forEach(win -> gradients.add(share.mul(win)));
    return gradients;
  }

  private static @Nullable List<Dim> elementwise(Inference in, BinaryOperator<Dim> f) {
    List<Dim> a = in.content(0);
    List<Dim> b = in.content(1);
    if (a == null || b == null || a.isEmpty() || b.isEmpty()) {
      return null;
    }
    int n = Math.max(a.size(), b.size());
    List<Dim> result = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      result.add(f.apply(a.get(a.size() == 1 ? 0 : i), b.get(b.size() == 1 ? 0 : i)));
    }
    return result;
  }
}
