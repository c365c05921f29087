package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Networks that carry a state along a sequence: RNN, GRU and LSTM. */
public sealed interface Recurrent extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderRecurrent() implements Recurrent {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
