package dev.sardonyx.compiler;

import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * A batch normalization with fixed statistics after a convolution is part of its kernel and bias.
 *
 * <pre>
 *  x -> Conv(w, b) -> BatchNormalization(γ, β, μ, σ²)   ->   x -> Conv(w·s, (b - μ)·s + β)
 *                                                            s = γ / √(σ² + ε)
 * </pre>
 *
 * <p>Only where nobody else needs the convolution's own result, and where all weights are leaves:
 * what is computed at every run would be scaled at every run.
 */
public final class FuseConvBatchNorm implements Rule {
  @Override
  public @Nullable Value rewrite(Node node, Uses uses) {
    if (!(node.op() instanceof Normalization.BatchNormalization norm)
        || norm.trainingMode()
        || !(node.input(0).op() instanceof Convolution.Conv conv)
        || !uses.only(node.input(0))) {
      return null;
    }
    Node inner = node.input(0).node();
    Value kernel = inner.input(1);
    boolean fixed =
        isFixed(kernel)
            && (!inner.hasInput(2) || isFixed(inner.input(2)))
            && node.inputs().stream().skip(1).allMatch(v -> v != null && isFixed(v));
    if (!fixed || !kernel.shape().isRanked()) {
      return null;
    }
    Value scale = node.input(1).div(node.input(4).add(norm.epsilon()).sqrt());
    long[] spatial = new long[kernel.shape().rank() - 1];
    for (int i = 0; i < spatial.length; i++) {
      spatial[i] = i + 1;
    }
    Value mean = node.input(3);
    Value centered = inner.hasInput(2) ? inner.input(2).sub(mean) : mean.neg();
    return Value.of(
        conv,
        inner.input(0),
        named(kernel.mul(scale.unsqueeze(spatial)), kernel, "kernel"),
        named(centered.mul(scale).add(node.input(2)), kernel, "bias"));
  }

  private static boolean isFixed(Value value) {
    return value.op() instanceof Leaf.Parameter || value.op() instanceof Leaf.Constant;
  }

  private static Value named(Value value, Value kernel, String part) {
    return kernel.name() == null ? value : value.named(kernel.name() + "/fused_" + part);
  }
}
