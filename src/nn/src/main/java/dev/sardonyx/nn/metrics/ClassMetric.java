package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A share of right answers: precision or recall.
 *
 * @param <M> the metric itself, which options return
 */
abstract class ClassMetric<M extends ClassMetric<M>> extends ThresholdMetric<M> {
  private @Nullable Long topK;
  private @Nullable Long classId;

  /** Takes the k greatest scores of the last axis for yes, and no others; null for any number. */
  public final M topK(@Nullable Long k) {
    topK = k;
    return self();
  }

  /** Looks at one class of the last axis only; null for all. */
  public final M classId(@Nullable Long id) {
    classId = id;
    return self();
  }

  /** What is wrong: answers that should have been no, or those that should have been yes. */
  abstract Value wrong(Confusion confusion);

  @Override
  public final List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    double[] bounds = thresholdsOr(topK == null ? 0.5 : Confusion.NEVER);
    Confusion.Question question = new Confusion.Question(topK, classId, false);
    Confusion confusion = Confusion.of(yTrue, yPred, sampleWeight, bounds, question);
    return List.of(confusion.truePositives(), wrong(confusion));
  }

  @Override
  public final double[] result(List<double[]> sums) {
    double[] shares = new double[sums.get(0).length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Confusion.ratio(sums.get(0)[i], sums.get(0)[i] + sums.get(1)[i]);
    }
    return shares;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    topK = config.optionalInteger("top_k", topK);
    classId = config.optionalInteger("class_id", classId);
  }
}
