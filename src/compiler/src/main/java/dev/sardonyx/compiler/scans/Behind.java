package dev.sardonyx.compiler.scans;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.LinearAlgebra;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Unary;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stacks that are wanted behind a scan. What no turn waits for, and what is made of one value that
 * has to be collected, is computed there from that value's stack. A state before each turn is the
 * first one, then what the turns but the last gave.
 */
final class Behind {
  private final Turns turns;
  private final Map<Value, Value> nexts;
  private final Set<Node> inside;
  private final Map<Value, Value> from = new HashMap<>();
  private final Set<Value> collected = new LinkedHashSet<>();

  /**
   * @param nexts by state what it is after a turn
   * @param roots what the body computes in any case
   */
  Behind(Turns turns, Map<Value, Value> nexts, List<Value> roots) {
    this.turns = turns;
    this.nexts = nexts;
    this.inside = new HashSet<>(Walk.topological(roots));
  }

  /** The stack of this value will be asked for. */
  void need(Value value) {
    Value current = value;
    while (turns.waits(current)) {
      Value source = source(current);
      if (source == null) {
        collected.add(current);
        return;
      }
      from.put(current, source);
      current = source;
    }
  }

  /** What the scan has to collect. */
  Set<Value> collected() {
    return collected;
  }

  /** The only value that waits from whose stack that of {@code value} follows; null for none. */
  private @Nullable Value source(Value value) {
    Value next = nexts.get(value);
    if (next != null) {
      return turns.waits(next) && !nexts.containsKey(next) ? next : null;
    }
    Node node = value.node();
    if (inside.contains(node) || node.outputs().size() != 1 || !isPlain(node.op())) {
      return null;
    }
    List<Value> waiting =
        node.inputs().stream().filter(v -> v != null && turns.waits(v)).distinct().toList();
    if (waiting.size() != 1) {
      return null;
    }
    Value source = waiting.get(0);
    // Whether it can be done does not depend on the stack, but for its type.
    return turns.canStack(node, source) ? source : null;
  }

  /** What gives about as many elements as it takes. */
  private static boolean isPlain(Op op) {
    return op instanceof Unary
        || op instanceof Arithmetic
        || op instanceof LinearAlgebra
        || op instanceof Layout;
  }

  /**
   * The stack of a value that was needed.
   *
   * @param stacks those of what was collected
   */
  Value stack(Value value, Map<Value, Value> stacks) {
    Deque<Value> chain = new ArrayDeque<>();
    Value current = value;
    while (from.containsKey(current) && !stacks.containsKey(current)) {
      chain.push(current);
      current = Objects.requireNonNull(from.get(current));
    }
    Value stack = stacks.containsKey(current) ? stacks.get(current) : turns.stack(current);
    while (!chain.isEmpty()) {
      Value next = chain.pop();
      stack =
          nexts.containsKey(next)
              ? turns.before(next, stack)
              : Objects.requireNonNull(turns.stack(next.node(), current, stack));
      current = next;
    }
    return stack;
  }
}
