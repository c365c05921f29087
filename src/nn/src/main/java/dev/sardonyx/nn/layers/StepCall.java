package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The call of a cell that is built twice: first in front of the loop, where nothing but what is the
 * same for all steps is kept of it, such as weights and what is drawn for dropout; then in the
 * body, which takes that from there.
 */
final class StepCall implements Call {
  private final Call outer;
  private final Map<Weight, Value> weights = new HashMap<>();
  private final Map<Weight, Value> variables = new HashMap<>();
  private final List<Object> made = new ArrayList<>();
  private int next;
  private boolean inBody;
  private boolean making;

  StepCall(Call outer) {
    this.outer = outer;
  }

  /** From here on what was made is taken again, in the same order. */
  void enterBody() {
    inBody = true;
    next = 0;
  }

  /** What is the same for all steps of a loop: made once in front of it, if there is one. */
  static <T> T once(Call call, Supplier<T> maker) {
    return call instanceof StepCall step ? step.once(maker) : maker.get();
  }

  @SuppressWarnings("unchecked") // the same calls in the same order: it is what that maker made
  private <T> T once(Supplier<T> maker) {
    if (inBody && next < made.size()) {
      return (T) made.get(next++);
    }
    if (making) {
      return maker.get();
    }
    making = true;
    T result = maker.get();
    making = false;
    made.add(result);
    next = made.size();
    return result;
  }

  @Override
  public boolean training() {
    return outer.training();
  }

  // Not computeIfAbsent: the outer call may come back here.
  @Override
  public Value weight(Weight weight) {
    Value known = weights.get(weight);
    if (known == null) {
      known = Recurrence.carried(outer.weight(weight));
      weights.put(weight, known);
    }
    return known;
  }

  @Override
  public Value variable(Weight weight) {
    Value known = variables.get(weight);
    if (known == null) {
      known = outer.variable(weight);
      variables.put(weight, known);
    }
    return known;
  }

  @Override
  public void update(Weight weight, Value newValue) {
    throw new UnsupportedOperationException(weight + " cannot change between time steps");
  }

  @Override
  public Value uniformLike(Value like) {
    return once(() -> outer.uniformLike(like));
  }

  @Override
  public Value uniformLike(Value like, long seed) {
    return once(() -> outer.uniformLike(like, seed));
  }

  @Override
  public List<Masked> apply(String name, Layer layer, Arguments<Masked> arguments) {
    return layer.lower(this, arguments);
  }
}
