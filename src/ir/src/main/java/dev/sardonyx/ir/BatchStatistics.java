package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What BatchNormalization computes of a batch, in other operators: mean and variance over all axes
 * but the channels', which stay as 1.
 *
 * <p>The gradient says it in the same words, so that both are computed once. It is said at all
 * because ONNX Runtime's kernel for the CPU writes over the statistics that it is given, and that
 * for CUDA refuses to train (microsoft/onnxruntime#16867).
 */
final class BatchStatistics {
  private final Value x;

  /** All axes but the channels'. */
  final long[] others;

  final Value mean;
  final Value centred;
  final Value variance;

  /** 1 / √(var + ε). */
  final Value inverse;

  BatchStatistics(Normalization.BatchNormalization op, Value x) {
    this.x = x;
    this.others = LongStream.range(0, x.shape().rank()).filter(i -> i != 1).toArray();
    this.mean = x.mean(true, others);
    this.centred = x.sub(mean);
    this.variance = centred.square().mean(true, others);
    this.inverse = variance.add(op.epsilon()).sqrt().reciprocal();
  }

  /** A vector over channels as it broadcasts against x, in x's element type. */
  Value overChannels(Value vector) {
    int rank = x.shape().rank();
    Value cast = vector.cast(x.element());
    return rank <= 2 ? cast : cast.unsqueeze(LongStream.range(1, rank - 1).toArray());
  }

  /** The operator's results; null where it does not train or the rank is not known. */
  static @Nullable List<@Nullable Value> expand(Expansion e, Normalization.BatchNormalization op) {
    if (!op.trainingMode() || !e.shape(0).isRanked()) {
      return null;
    }
    BatchStatistics batch = new BatchStatistics(op, e.x(0));
    Value gain = batch.overChannels(e.x(1)).mul(batch.inverse);
    List<@Nullable Value> results = new ArrayList<>();
    results.add(batch.centred.mul(gain).add(batch.overChannels(e.x(2))));
    for (int i = 1; i < e.outputs(); i++) {
      Value old = e.x(2 + i);
      Value fresh = (i == 1 ? batch.mean : batch.variance).reshape(-1).cast(old.element());
      results.add(old.mul(op.momentum()).add(fresh.mul(1 - op.momentum())));
    }
    return results;
  }
}
