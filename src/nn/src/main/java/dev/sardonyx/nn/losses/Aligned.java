package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Shape;

/**
 * Two values brought to one rank by Keras's rule: where their ranks differ by one and the longer
 * one ends in an axis of extent 1, that axis is dropped — or, if the other is a vector, given to
 * it. Values that the rule does not fit stay as they are.
 */
public record Aligned(Value first, Value second) {
  /** Source: {@code squeeze_or_expand_to_same_rank} in Keras's losses/loss.py. */
  public static Aligned of(Value first, Value second) {
    if (extraAxis(first, second)) {
      return second.shape().rank() == 1
          ? new Aligned(first, second.unsqueeze(-1))
          : new Aligned(first.squeeze(-1), second);
    }
    if (extraAxis(second, first)) {
      return first.shape().rank() == 1
          ? new Aligned(first.unsqueeze(-1), second)
          : new Aligned(first, second.squeeze(-1));
    }
    return new Aligned(first, second);
  }

  /** Whether {@code longer} has one axis more than {@code shorter}, and it is of extent 1. */
  private static boolean extraAxis(Value longer, Value shorter) {
    Shape a = longer.shape();
    Shape b = shorter.shape();
    return a.isRanked() && b.isRanked() && a.rank() == b.rank() + 1 && a.dim(-1).is(1);
  }
}
