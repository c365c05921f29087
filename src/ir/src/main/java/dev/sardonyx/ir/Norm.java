package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Norms along axes, and sums in the logarithmic domain. */
public sealed interface Norm extends Reducing {
  /** Σ |x|; the gradient at 0 is 0. */
  @Onnx(since = 18, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceL1(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Norm, Formula {
    @Override
    public Value formula(Expansion e) {
      return Reduced.sum(e, this, e.x().abs());
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(p.x(0).sign().mul(Reduced.restore(p, p.dy())));
    }
  }

  /** √Σ x²; the gradient is 0 where all x are 0, as in PyTorch. */
  @Onnx(since = 18, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceL2(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Norm, Formula {
    @Override
    public Value formula(Expansion e) {
      ElementType element = e.element(0);
      Value squares = Reduced.sum(e, this, e.x().square());
      return element.isFloat()
          ? squares.sqrt()
          : squares.cast(ElementType.FLOAT64).sqrt().cast(element);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      // x/y · dy; a norm of 0 has only zeros as x, so that any divisor gives 0.
      Value divisor = p.y().eq(0).where(p.y().scalar(1), p.y());
      return p.toFirst(p.x(0).mul(Reduced.restore(p, p.dy().div(divisor))));
    }
  }

  /** Σ x². */
  @Onnx(since = 18, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceSumSquare(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Norm, Formula {
    @Override
    public Value formula(Expansion e) {
      return Reduced.sum(e, this, e.x().square());
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(p.x(0).mul(Reduced.restore(p, p.dy().mul(2))));
    }
  }

  /** ln Σ x. */
  @Onnx(since = 28, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceLogSum(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Norm, Formula {
    @Override
    public Value formula(Expansion e) {
      return Reduced.sum(e, this, e.x()).log();
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      // Σ x itself, since e^y is nothing where a negative sum has no logarithm.
      Value sum = Reduced.sum(p, p.x(0));
      return p.toFirst(Reduced.restore(p, p.dy()).div(sum).expandLike(p.x(0)));
    }
  }

  /** ln Σ eˣ. */
  @Onnx(since = 28, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceLogSumExp(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Norm, Formula {
    @Override
    public Value formula(Expansion e) {
      // In float64, as in the standard, so that little overflows.
      Value powers = e.x().cast(ElementType.FLOAT64).exp();
      return Reduced.sum(e, this, powers).log().cast(e.element(0));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      // e^(x-y) is the softmax.
      Value softmax = p.x(0).sub(Reduced.restore(p, p.y())).exp();
      return p.toFirst(softmax.mul(Reduced.restore(p, p.dy())));
    }
  }
}
