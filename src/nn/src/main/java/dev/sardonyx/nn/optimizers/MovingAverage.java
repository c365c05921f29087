package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.optimizers.Optimizer.Slot;
import dev.sardonyx.nn.optimizers.Optimizer.Update;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exponential moving averages of the weights; the first is the weight itself.
 *
 * @param overwriteFrequency every how many steps the weight becomes its average; null for never
 */
record MovingAverage(boolean used, double momentum, @Nullable Long overwriteFrequency) {
  static final String SLOT = "average";
  static final MovingAverage NONE = new MovingAverage(false, 0.99, null);

  static MovingAverage of(
      Optimizer owner, boolean used, double momentum, @Nullable Long overwriteFrequency) {
    return new MovingAverage(
        used,
        Allowed.fraction(owner, "ema_momentum", momentum),
        overwriteFrequency == null
            ? null
            : (Long) Allowed.atLeast(1, owner, "ema_overwrite_frequency", overwriteFrequency));
  }

  List<Slot> slots(Value weight) {
    return used ? Optimizer.like(weight, SLOT) : List.of();
  }

  /**
   * The weight that goes on, and its average.
   *
   * @param slot the place of the average among {@code slots}
   */
  Update follow(List<Value> slots, int slot, Value step, Value weight) {
    if (!used) {
      return new Update(weight, List.of());
    }
    Value first = step.eq(1);
    Value kept = first.where(step.scalar(0), step.scalar(momentum));
    Value average = slots.get(slot).mul(kept).add(weight.mul(kept.neg().add(1)));
    Value next =
        overwriteFrequency == null
            ? weight
            : Accumulation.everyNth(step, overwriteFrequency).where(average, weight);
    return new Update(next, List.of(average));
  }

  MovingAverage configured(Optimizer owner, Config config) {
    return of(
        owner,
        config.flag("use_ema", used),
        config.number("ema_momentum", momentum),
        config.optionalInteger("ema_overwrite_frequency", overwriteFrequency));
  }
}
