package dev.sardonyx.compiler.scans;

import dev.sardonyx.ir.Arithmetic.Add;
import dev.sardonyx.ir.Sizing.ConstantOfShape;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of a scan's body that only add something up, and what they add up at once; also those
 * that nothing changes.
 */
final class Accumulators {
  /**
   * One of them.
   *
   * @param sums what is added up at once
   * @param next what is added up turn by turn, with the state before; null for nothing
   */
  record Accumulator(List<TurnSum> sums, @Nullable Value next) {
    /** The last state from the one that the turns leave. */
    Value total(Value last, List<Value> totals) {
      List<Value> parts = new ArrayList<>(totals);
      if (next != null || parts.isEmpty() || !isZero(last)) {
        parts.add(0, last);
      }
      return parts.stream().reduce(Value::add).orElseThrow();
    }
  }

  private final Turns turns;
  private final Map<Value, Integer> uses = new HashMap<>();

  private Accumulators(Turns turns) {
    this.turns = turns;
  }

  /**
   * By the number of the state.
   *
   * @param formals the body's states
   * @param outputs the body's outputs, the next states first
   */
  static Map<Integer, Accumulator> of(List<Value> formals, List<Value> outputs, Turns turns) {
    return new Accumulators(turns).find(formals, outputs);
  }

  private Map<Integer, Accumulator> find(List<Value> formals, List<Value> outputs) {
    Walk.topological(outputs).forEach(node -> node.inputs().forEach(this::count));
    outputs.forEach(this::count);
    Map<Integer, Accumulator> found = new LinkedHashMap<>();
    for (int j = 0; j < formals.size(); j++) {
      Accumulator accumulator = accumulator(formals.get(j), outputs.get(j));
      if (accumulator != null) {
        found.put(j, accumulator);
      }
    }
    return found;
  }

  private void count(@Nullable Value value) {
    if (value != null) {
      uses.merge(value, 1, Integer::sum);
    }
  }

  private @Nullable Accumulator accumulator(Value state, Value next) {
    if (next == state) {
      return new Accumulator(List.of(), null);
    }
    List<Value> terms = terms(next);
    if (uses.getOrDefault(state, 0) != 1 || terms.size() < 2 || !terms.remove(state)) {
      return null;
    }
    List<TurnSum> sums = new ArrayList<>();
    List<Value> rest = new ArrayList<>(List.of(state));
    for (Value term : terms) {
      TurnSum sum = TurnSum.of(term, turns);
      if (sum == null) {
        rest.add(term);
      } else {
        sums.add(sum);
      }
    }
    if (sums.isEmpty()) {
      return null;
    }
    Value left = rest.size() == 1 ? null : rest.stream().reduce(Value::add).orElseThrow();
    return new Accumulator(sums, left);
  }

  /** The terms of a sum without broadcasting, none of whose parts is used elsewhere. */
  private List<Value> terms(Value sum) {
    List<Value> terms = new ArrayList<>();
    Deque<Value> stack = new ArrayDeque<>(List.of(sum));
    while (!stack.isEmpty()) {
      Value value = stack.pop();
      boolean isSum =
          value.op() instanceof Add
              && uses.getOrDefault(value, 0) == 1
              && value.node().inputs().stream()
                  .allMatch(v -> v.shape().provablySame(value.shape()));
      if (isSum) {
        stack.push(value.node().input(1));
        stack.push(value.node().input(0));
      } else {
        terms.add(value);
      }
    }
    return terms;
  }

  private static boolean isZero(Value value) {
    Tensor tensor = value.op() instanceof ConstantOfShape op ? op.value() : value.constant();
    if (tensor == null || !tensor.element().isFloat()) {
      return false;
    }
    for (int i = 0; i < tensor.size(); i++) {
      if (tensor.getDouble(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
