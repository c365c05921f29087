package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Loss;
import java.util.function.Consumer;

/**
 * The mean of a cross-entropy.
 *
 * @param <M> the metric itself, which options return
 */
abstract class CrossentropyMetric<M extends CrossentropyMetric<M>> extends LossMetric {
  private final Consumer<Boolean> option;
  private boolean fromLogits;

  /**
   * @param option the loss's own option of logits
   */
  CrossentropyMetric(Loss loss, Consumer<Boolean> option) {
    super(loss);
    this.option = option;
  }

  abstract M self();

  /** Whether the model ends without a sigmoid or softmax; by default it gives probabilities. */
  public final M fromLogits(boolean logits) {
    option.accept(logits);
    fromLogits = logits;
    return self();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    fromLogits(config.flag("from_logits", fromLogits));
  }
}
