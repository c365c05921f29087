package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.optimizers.Optimizer.Slot;
import dev.sardonyx.nn.optimizers.Optimizer.Update;
import dev.sardonyx.nn.optimizers.Optimizer.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradients that are summed over several steps before the weights move by their mean; in between
 * weights and slots stay. Its slot comes first.
 */
record Accumulation(@Nullable Long steps) {
  static final Accumulation NONE = new Accumulation(null);

  static Accumulation of(Optimizer owner, @Nullable Long steps) {
    return new Accumulation(
        steps == null
            ? null
            : (Long) Allowed.atLeast(1, owner, "gradient_accumulation_steps", steps));
  }

  List<Slot> slots(Value weight) {
    return steps == null ? List.of() : Optimizer.like(weight, "gradient_accumulator");
  }

  /** The gradients of this step, or the means of those so far. */
  List<Value> gradients(List<Variable> variables) {
    return variables.stream()
        .map(v -> steps == null ? v.gradient() : sum(v).mul(1.0 / steps))
        .toList();
  }

  /** The number of the move that a step is part of: what the rule and averages count. */
  Value moves(Value step) {
    return steps == null ? step : step.sub(1).div(steps).floor().add(1);
  }

  private static Value sum(Variable v) {
    return v.gradient().add(v.slots().get(0));
  }

  /** The sum after this step: nothing once it has been used. */
  List<Value> update(Variable v) {
    return steps == null
        ? List.of()
        : List.of(everyNth(v.step(), steps).where(v.gradient().zerosLike(), sum(v)));
  }

  Update onlyWhenDue(Value step, Variable before, Update after) {
    if (steps == null) {
      return after;
    }
    Value due = everyNth(step, steps);
    List<Value> slots = new ArrayList<>();
    for (int k = 0; k < after.slots().size(); k++) {
      slots.add(due.where(after.slots().get(k), before.slots().get(k)));
    }
    return new Update(due.where(after.weight(), before.weight()), slots);
  }

  /** Whether the number of a step is a multiple of {@code n}. */
  static Value everyNth(Value step, long n) {
    return step.sub(step.div(n).floor().mul(n)).eq(0);
  }

  Accumulation configured(Optimizer owner, Config config) {
    return of(owner, config.optionalInteger("gradient_accumulation_steps", steps));
  }
}
