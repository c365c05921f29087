package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The product of all others, for each factor of {@link Aggregation.ReduceProd}: what its gradient
 * is made of. Where a factor is 0 it is no quotient.
 */
final class ProductGradient {
  private final Pullback p;
  private final Value x;

  private ProductGradient(Pullback p) {
    this.p = p;
    this.x = p.x(0);
  }

  static Value others(Pullback p) {
    ProductGradient gradient = new ProductGradient(p);
    List<Integer> axes = gradient.axes();
    return axes == null ? gradient.byQuotients() : gradient.exclusive(axes);
  }

  /** The axes, if they and their extents are known. */
  private @Nullable List<Integer> axes() {
    boolean all = !p.has(1);
    List<Dim> known = all ? List.of() : p.x(1).node().content();
    if (known == null || !x.shape().isRanked()) {
      return null;
    }
    int rank = x.shape().rank();
    List<Integer> axes = new ArrayList<>();
    for (Dim axis : known) {
      if (!axis.isFixed()) {
        return null;
      }
      axes.add((int) (axis.value() < 0 ? axis.value() + rank : axis.value()));
    }
    if (axes.isEmpty() && !((Reducing) p.node().op()).noopWithEmptyAxes()) {
      IntStream.range(0, rank).forEach(axes::add);
    }
    return axes.stream().allMatch(axis -> x.shape().dim(axis).isFixed()) ? axes : null;
  }

  /**
   * Axis by axis: what comes before times what comes behind, of elements along the first, of their
   * products along the next.
   */
  private Value exclusive(List<Integer> axes) {
    Value others = x.onesLike();
    Value rest = x;
    for (int axis : axes) {
      Value before = CumulativeProduct.of(new AlongAxis.CumProd(true, false), rest, axis);
      Value behind = CumulativeProduct.of(new AlongAxis.CumProd(true, true), rest, axis);
      Value beside = before.mul(behind);
      others = rest == x ? beside : others.mul(beside);
      rest = rest.prod(true, axis);
    }
    return others;
  }

  /**
   * The quotient of the product of what is not 0, times the zeros among the others: one of them is
   * kept as what it is, so that the derivative of the gradient is right, too. Where there are more,
   * this is no longer so for derivatives of a higher order.
   */
  private Value byQuotients() {
    Value zero = x.eq(0);
    Value none = x.scalar(0);
    Value one = x.scalar(1);
    Value nonZero = zero.where(one, x);
    Value counted = zero.cast(x.element());
    Value count = Reduced.sum(p, counted).sub(counted);
    Value zeros = zero.where(x, none);
    Value single = Reduced.sum(p, zeros).sub(zeros);
    Value factor = count.eq(0).where(one, count.eq(1).where(single, none));
    return Reduced.product(p, nonZero).div(nonZero).mul(factor);
  }
}
