package dev.sardonyx.compiler.scans;

import dev.sardonyx.ir.Arithmetic.Add;
import dev.sardonyx.ir.Arithmetic.Mul;
import dev.sardonyx.ir.Arithmetic.Sub;
import dev.sardonyx.ir.Elementwise.Neg;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Slicing.Concat;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Products in a body are grouped so that their factors which do not wait for the turn before meet
 * each other. With a waiting value c, and s and t that do not wait:
 *
 * <pre>
 *  (c · s) · t                  ->   c · (s · t)
 *  -(c · s), -c · s             ->   c · -s
 *  c · s + c · t                ->   c · (s + t)
 *  Concat(c · s, d · t)         ->   Concat(c, d) · Concat(s, t)
 * </pre>
 */
final class Regrouping {
  /** A product of a factor that waits and one that does not. */
  private record Scaled(Value waiting, Value by) {}

  private final Turns turns;
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Map<Value, Value> moved = new HashMap<>();

  private Regrouping(Turns turns) {
    this.turns = turns;
  }

  /** The body's outputs, regrouped; {@code turns} knows all values that they reach. */
  static List<Value> outputs(Graph body, Turns turns) {
    return new Regrouping(turns).run(body);
  }

  private List<Value> run(Graph body) {
    body.nodes().forEach(n -> n.inputs().forEach(v -> count(v)));
    body.outputs().forEach(this::count);
    for (Node node : body.nodes()) {
      List<@Nullable Value> inputs = new ArrayList<>(node.inputs());
      inputs.replaceAll(v -> v == null ? null : moved.getOrDefault(v, v));
      Node same = inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
      Value better = node.outputs().size() == 1 && !node.isLeaf() ? regrouped(same) : null;
      if (better == null) {
        turns.learn(same);
      }
      for (Value old : node.outputs()) {
        Value now = better != null ? better : same.outputs().get(old.index());
        moved.put(old, now);
        uses.put(now, uses.getOrDefault(old, 0));
      }
    }
    return body.outputs().stream().map(v -> moved.getOrDefault(v, v)).toList();
  }

  private void count(@Nullable Value value) {
    if (value != null) {
      uses.merge(value, 1, Integer::sum);
    }
  }

  private @Nullable Value regrouped(Node node) {
    Op op = node.op();
    if (op instanceof Mul) {
      Scaled product = scaled(node);
      return product == null ? null : product(product);
    }
    if (op instanceof Neg) {
      Scaled inner = scaled(node.input(0));
      return inner == null ? null : times(inner.waiting(), Value.of(op, inner.by()));
    }
    if (op instanceof Add || op instanceof Sub) {
      Scaled a = scaled(node.input(0));
      Scaled b = scaled(node.input(1));
      boolean common = a != null && b != null && a.waiting() == b.waiting();
      return common ? times(a.waiting(), Value.of(op, a.by(), b.by())) : null;
    }
    return op instanceof Concat ? joined(node) : null;
  }

  private @Nullable Value product(Scaled product) {
    Value waiting = product.waiting();
    Scaled inner = scaled(waiting);
    if (inner != null) {
      return times(inner.waiting(), Value.of(new Mul(), inner.by(), product.by()));
    }
    boolean negative = waiting.op() instanceof Neg && isUsedOnce(waiting);
    return negative ? times(waiting.node().input(0), Value.of(new Neg(), product.by())) : null;
  }

  private @Nullable Value joined(Node node) {
    List<Value> waiting = new ArrayList<>();
    List<Value> by = new ArrayList<>();
    for (Value input : node.inputs()) {
      Scaled part = input == null ? null : scaled(input);
      if (part == null || !turns.isStacked(part.by()) || !isPlain(part, input)) {
        return null;
      }
      waiting.add(part.waiting());
      by.add(part.by());
    }
    if (by.size() < 2) {
      return null;
    }
    Value factor = learnt(Node.of(node.op(), by, 1).output());
    return turns.waits(factor)
        ? null
        : times(learnt(Node.of(node.op(), waiting, 1).output()), factor);
  }

  /** Whether nothing is broadcast. */
  private static boolean isPlain(Scaled product, Value whole) {
    return product.waiting().shape().provablySame(whole.shape())
        && product.by().shape().provablySame(whole.shape());
  }

  /** The product, if the factor does not wait. */
  private @Nullable Value times(Value waiting, Value by) {
    learnt(by);
    return turns.waits(by) ? null : learnt(waiting.mul(by));
  }

  private Value learnt(Value value) {
    turns.learn(value.node());
    return value;
  }

  private @Nullable Scaled scaled(Value value) {
    return value.op() instanceof Mul && isUsedOnce(value) ? scaled(value.node()) : null;
  }

  private @Nullable Scaled scaled(Node product) {
    Value a = product.input(0);
    Value b = product.input(1);
    if (turns.waits(a) == turns.waits(b)) {
      return null;
    }
    return turns.waits(a) ? new Scaled(a, b) : new Scaled(b, a);
  }

  private boolean isUsedOnce(Value value) {
    return uses.getOrDefault(value, 0) == 1;
  }
}
