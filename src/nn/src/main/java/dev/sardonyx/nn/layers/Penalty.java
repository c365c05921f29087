package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/** What a regularizer of results adds to the loss. */
final class Penalty {
  private Penalty() {}

  /** The penalty on {@code y}, divided by the size of the batch; nothing without a regularizer. */
  static void add(Call call, @Nullable Regularizer regularizer, Value y) {
    if (regularizer != null) {
      Value penalty = regularizer.penalty(y);
      call.addLoss(penalty.div(Extent.scalar(y, 0).cast(penalty.element())));
    }
  }
}
