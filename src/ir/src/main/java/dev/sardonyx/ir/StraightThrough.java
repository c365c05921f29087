package dev.sardonyx.ir;

import dev.sardonyx.ir.Quantizing.DequantizeLinear;
import dev.sardonyx.ir.Quantizing.DynamicQuantizeLinear;
import dev.sardonyx.ir.Quantizing.QuantizeLinear;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of numbers that were quantized and dequantized at once, as if nothing had been
 * rounded (Bengio, Léonard and Courville, arXiv:1308.3432): that of x where the quantized number
 * lies within its range, and 0 where it was clipped, as of PyTorch's {@code fake_quantize}. The
 * scale's, together with what dequantizing gives, then is that of learned step sizes (Esser et al.,
 * arXiv:1902.08153).
 */
public final class StraightThrough {
  private StraightThrough() {}

  /** The gradient of a value. */
  public record Share(Value of, Value gradient) {}

  /** Whether a node dequantizes what another has just quantized. */
  public static boolean applies(Node node) {
    return node.op() instanceof DequantizeLinear
        && (node.input(0).op() instanceof QuantizeLinear || fitsItsInput(node));
  }

  /** Whether the range is the input's own: then the result stands for the input and no more. */
  public static boolean fitsItsInput(Node node) {
    return node.op() instanceof DequantizeLinear
        && node.input(0).op() instanceof DynamicQuantizeLinear;
  }

  /**
   * What passes through the quantizing node.
   *
   * @param node for which this {@link #applies}
   * @param dy the gradient of its result
   */
  public static List<Share> through(Node node, Value dy, Pullback.Reverse reverse) {
    Node quantizing = node.input(0).node();
    Value x = quantizing.input(0);
    if (!(quantizing.op() instanceof QuantizeLinear op)) {
      return List.of(new Share(x, dy));
    }
    Granularity granularity = new Granularity(op.axis(), op.blockSize());
    Since since = Since.now();
    Value scale = quantizing.input(1);
    Value divisor = granularity.stretch(scale.cast(x.element()), x);
    if (divisor == null) {
      throw new Pullback(quantizing, List.of(dy), v -> true, reverse)
          .fail(
              "GRAD-004",
              "cannot be differentiated in this form: it has no expansion",
              "give the model's inputs shapes, or use operators that have a gradient");
    }
    Value quotient = x.div(divisor);
    Value inside = inside(quantizing, granularity, quotient);
    Value passed = inside == null ? quotient : inside.where(quotient, quotient.scalar(0));
    Value given = dy.cast(x.element()).mul(divisor);
    List<Value> wrt = scale.element().isFloat() ? List.of(x, scale) : List.of(x);
    List<@Nullable Value> found = reverse.gradients(List.of(passed), List.of(given), wrt, since);
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < wrt.size(); i++) {
      Value gradient = found.get(i);
      if (gradient != null) {
        shares.add(new Share(wrt.get(i), gradient));
      }
    }
    return shares;
  }

  /** Where nothing was clipped; null if the result is no integer. */
  private static @Nullable Value inside(Node quantizing, Granularity granularity, Value quotient) {
    ElementType to = quantizing.output().element();
    if (!to.isInteger()) {
      return null;
    }
    Value q = quotient.round();
    if (quantizing.hasInput(2)) {
      Value zero = granularity.stretch(quantizing.input(2).cast(q.element()), quotient);
      q = zero == null ? q : q.add(zero);
    }
    return q.ge(QuantizeLinear.least(to)).and(q.le(QuantizeLinear.greatest(to)));
  }
}
