package dev.sardonyx.ir;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * LayerNormalization's gradients; x̂ = (x - mean)·r with r = 1/√(var + ε), computed anew, and g =
 * dy·scale.
 *
 * <pre>
 * dx = r·(g - mean(g) - x̂·mean(g·x̂))     dscale = dy·x̂     dB = dy
 * </pre>
 *
 * The results Mean and InvStdDev add dMean/n and -dInvStdDev·r²·x̂/n to dx.
 */
record LayerNormGradient(Normalization.LayerNormalization op, Pullback p) {
  List<@Nullable Value> toInputs() {
    Value x = p.x(0).cast(op.stashType());
    Value dy = p.dy().cast(op.stashType());
    // In the operator's own words, so that its statistics serve here, too.
    long[] axes = Objects.requireNonNull(Normalization.axesFrom(op.axis(), x.shape()));
    Value centred = x.sub(x.mean(true, axes));
    Value inverse = centred.square().mean(true, axes).add(op.epsilon()).sqrt().reciprocal();
    Value normal = centred.mul(inverse);
    Value g = dy.mul(p.x(1).cast(op.stashType()));
    Value dx =
        g.sub(g.mean(true, axes)).sub(normal.mul(g.mul(normal).mean(true, axes))).mul(inverse);
    if (has(1)) {
      dx = dx.add(p.dy(1).mul(Share.of(x, positive())));
    }
    if (has(2)) {
      dx = dx.sub(p.dy(2).mul(inverse.square()).mul(Share.of(x, positive())).mul(normal));
    }
    Value dscale = dy.mul(normal).cast(p.x(1).element());
    return Arrays.<@Nullable Value>asList(dx.cast(p.x(0).element()), dscale, p.dy())
        .subList(0, p.size());
  }

  private boolean has(int result) {
    return result < p.node().outputs().size() && p.hasDy(result);
  }

  private long[] positive() {
    int rank = p.x(0).shape().rank();
    return LongStream.range(op.axis() < 0 ? op.axis() + rank : op.axis(), rank).toArray();
  }
}
