package dev.sardonyx.compiler.scans;

import dev.sardonyx.compiler.Chance;
import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known outside of a scan of the values in its body: some are the same in every turn, a
 * state that no turn changes among them; of others the values of all turns can be computed at once,
 * as a stack whose first axis is that of the turns. All others wait for the turn before.
 */
final class Turns {
  private final Node node;
  private final Scan scan;
  private final int states;
  private final long direction;
  private final Map<Value, Value> fixed = new HashMap<>();
  private final Map<Value, Value> stacks = new HashMap<>();

  Turns(Node node, Scan scan) {
    this.node = node;
    this.scan = scan;
    this.states = scan.body().formals().size() - (int) scan.numScanInputs();
    this.direction = firstDirection();
    Body body = scan.body();
    for (int i = 0; i < scan.numScanInputs(); i++) {
      if (axis(i) == 0 && direction(i) == direction) {
        stacks.put(body.formals().get(states + i), node.input(states + i));
      }
    }
    for (int j = 0; j < states; j++) {
      if (body.outputs().get(j) == body.formals().get(j)) {
        fixed.put(body.formals().get(j), node.input(j));
      }
    }
    int own = body.formals().size();
    for (int i = 0; i < body.captures(); i++) {
      fixed.put(body.captured().get(i), node.input(own + i));
    }
  }

  private long firstDirection() {
    for (int i = 0; i < scan.numScanInputs(); i++) {
      if (axis(i) == 0) {
        return direction(i);
      }
    }
    return 0;
  }

  /** Which way the scan goes over the stacks: 0 from the first turn, 1 from the last. */
  long direction() {
    return direction;
  }

  int states() {
    return states;
  }

  long axis(int sequence) {
    return at(scan.scanInputAxes(), sequence);
  }

  long direction(int sequence) {
    return at(scan.scanInputDirections(), sequence);
  }

  static long at(List<Long> values, int i) {
    return values.isEmpty() ? 0 : values.get(i);
  }

  /** Finds out about the results of a node, whose inputs it knows. */
  void learn(Node inner) {
    if (inner.isLeaf()) {
      Tensor constant = inner.output().constant();
      if (constant != null) {
        fixed.put(inner.output(), Value.constant(constant));
      }
      return;
    }
    boolean waits = inner.inputs().stream().anyMatch(v -> v != null && waits(v));
    if (waits || Chance.isRandom(inner)) {
      return;
    }
    List<@Nullable Value> outer = outer(inner);
    List<Boolean> stacked = stacked(inner);
    boolean varies = stacked.contains(true);
    List<Value> results =
        varies ? Batching.of(inner, outer, stacked) : Batching.on(inner.op(), outer, inner);
    if (results != null) {
      keep(varies ? stacks : fixed, inner, results);
    }
  }

  private static void keep(Map<Value, Value> known, Node inner, List<Value> results) {
    for (int i = 0; i < results.size(); i++) {
      known.put(inner.outputs().get(i), results.get(i));
    }
  }

  private List<@Nullable Value> outer(Node inner) {
    List<@Nullable Value> outer = new ArrayList<>();
    for (Value input : inner.inputs()) {
      outer.add(input == null ? null : fixed.getOrDefault(input, stacks.get(input)));
    }
    return outer;
  }

  private List<Boolean> stacked(Node inner) {
    return inner.inputs().stream().map(v -> v != null && stacks.containsKey(v)).toList();
  }

  /** Whether a value of a turn waits for the turn before. */
  boolean waits(Value inner) {
    return !fixed.containsKey(inner) && !stacks.containsKey(inner);
  }

  boolean isStacked(Value inner) {
    return stacks.containsKey(inner);
  }

  boolean isFixed(Value inner) {
    return fixed.containsKey(inner);
  }

  Value fixed(Value inner) {
    return Objects.requireNonNull(fixed.get(inner));
  }

  Value stack(Value inner) {
    return Objects.requireNonNull(stacks.get(inner));
  }

  /** A state before each turn, given it after each. */
  Value before(Value state, Value after) {
    Value first = node.input(scan.body().formals().indexOf(state)).unsqueeze(0);
    // Cut behind the Concat, so that there may be no turn at all.
    return direction == 0
        ? Value.concat(0, first, after).slice(0, 0, -1)
        : Value.concat(0, after, first).slice(0, 1, Long.MAX_VALUE);
  }

  /** Whether the stack of a node's only result follows from that of its one input that waits. */
  boolean canStack(Node inner, Value waiting) {
    TensorType type = waiting.type() instanceof TensorType tensor ? tensor : null;
    if (type == null || !type.shape().isRanked()) {
      return false;
    }
    Shape shape = type.shape().insert(0, Dim.UNKNOWN);
    return stack(inner, waiting, Value.input("stack", type.with(shape))) != null;
  }

  /**
   * The stack of a node's only result, given that of the one input that waits; null where it cannot
   * be computed at once.
   */
  @Nullable Value stack(Node inner, Value waiting, Value stack) {
    stacks.put(waiting, stack);
    List<Value> results = Batching.of(inner, outer(inner), stacked(inner));
    stacks.remove(waiting);
    return results == null ? null : results.get(0);
  }
}
