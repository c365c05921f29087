package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums, means, products and extremes along axes. */
public sealed interface Aggregation extends Reducing {
  /** Σ x. */
  @Onnx(since = 13, inputs = "data axes?", outputs = "reduced")
  record ReduceSum(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Aggregation {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(Reduced.restore(p, p.dy()).expandLike(p.x(0)));
    }
  }

  /** Σ x / n; integers are truncated. */
  @Onnx(since = 18, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceMean(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Aggregation {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value dy = p.dy().mul(Reduced.share(p));
      return p.toFirst(Reduced.restore(p, dy).expandLike(p.x(0)));
    }
  }

  /** The greatest x; at a tie of n elements each takes 1/n of the gradient, as in torch.amax. */
  @Onnx(since = 20, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceMax(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Aggregation {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(Aggregation.toWinners(p));
    }
  }

  /** The least x; at a tie of n elements each takes 1/n of the gradient, as in torch.amin. */
  @Onnx(since = 20, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceMin(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Aggregation {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(Aggregation.toWinners(p));
    }
  }

  /** Π x. */
  @Onnx(since = 18, from = 18, inputs = "data axes?", outputs = "reduced")
  record ReduceProd(@Default("1") boolean keepdims, @Default("0") boolean noopWithEmptyAxes)
      implements Aggregation, ShapeOnly {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(Reduced.restore(p, p.dy()).mul(ProductGradient.others(p)));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return Reduced.foldProduct(in, this);
    }
  }

  private static Value toWinners(Pullback p) {
    Value wins = p.x(0).eq(Reduced.restore(p, p.y())).cast(p.dy().element());
    return wins.mul(Reduced.restore(p, p.dy()).div(Reduced.sum(p, wins)));
  }
}
