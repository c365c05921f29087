package dev.sardonyx.ir;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BatchNormalization's gradients; x̂ = (x - mean) / √(var + ε) is the normalized input.
 *
 * <pre>
 * dscale = Σ dy·x̂         dB = Σ dy        sums over all axes but the channels'
 * dx     = dy·scale/√(var + ε)             with fixed statistics
 * dx     = scale/√(var + ε) · (dy - dB/n - x̂·dscale/n)   with those of the batch of n
 * </pre>
 */
final class BatchNormGradient {
  private final Normalization.BatchNormalization op;
  private final Pullback p;
  private final Value x;
  private final Value dy;
  private final BatchStatistics batch;

  BatchNormGradient(Normalization.BatchNormalization op, Pullback p) {
    this.op = op;
    this.p = p;
    this.x = p.x(0);
    this.dy = p.dy();
    this.batch = new BatchStatistics(op, x);
  }

  /** A sum over all axes but the channels', as a vector. */
  private Value perChannel(Value value) {
    Value sum = value.sum(false, batch.others);
    return x.shape().rank() < 2 ? sum.unsqueeze(0) : sum;
  }

  List<@Nullable Value> inference() {
    Value inverse = p.x(4).cast(x.element()).add(op.epsilon()).sqrt().reciprocal();
    Value scale = p.x(1).cast(x.element());
    Value gain = scale.mul(inverse);
    Value centred = x.sub(batch.overChannels(p.x(3)));
    Value db = perChannel(dy);
    Value dscale = perChannel(dy.mul(centred)).mul(inverse);
    Value dmean = db.mul(gain).neg();
    Value dvar = dscale.mul(gain).mul(inverse).mul(-0.5);
    return gradients(dy.mul(batch.overChannels(gain)), dscale, db, dmean, dvar);
  }

  List<@Nullable Value> training() {
    Value share = Share.of(x, batch.others);
    Value inverse = batch.inverse;
    Value db = dy.sum(true, batch.others);
    Value dscale = dy.mul(batch.centred).sum(true, batch.others).mul(inverse);
    Value gain = batch.overChannels(p.x(1)).mul(inverse);
    // In affine form: three products with vectors over channels, not one pass for each step.
    Value slope = dscale.mul(gain).mul(inverse).mul(share).neg();
    Value offset = db.mul(gain).mul(share).neg();
    double fresh = 1 - (double) op.momentum();
    Value dMean = null;
    Value dVar = null;
    if (p.node().outputs().size() > 1 && p.hasDy(1)) {
      offset = offset.add(batch.overChannels(p.dy(1)).mul(fresh).mul(share));
      dMean = p.dy(1).mul(op.momentum());
    }
    if (p.node().outputs().size() > 2 && p.hasDy(2)) {
      slope = slope.add(batch.overChannels(p.dy(2)).mul(2 * fresh).mul(share));
      dVar = p.dy(2).mul(op.momentum());
    }
    Value dx = dy.mul(gain).add(batch.centred.mul(slope)).add(offset);
    return gradients(dx, dscale.reshape(-1), db.reshape(-1), dMean, dVar);
  }

  private List<@Nullable Value> gradients(
      Value dx, Value dscale, Value db, @Nullable Value dMean, @Nullable Value dVar) {
    return Arrays.asList(dx, like(1, dscale), like(2, db), like(3, dMean), like(4, dVar));
  }

  private @Nullable Value like(int i, @Nullable Value gradient) {
    return gradient == null ? null : gradient.cast(p.x(i).element());
  }
}
