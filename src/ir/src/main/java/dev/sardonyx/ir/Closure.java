package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bodies of one node: whatever was made after the closure was opened lies inside them,
 * whatever existed before is captured.
 *
 * <pre>{@code
 * Closure closure = new Closure();
 * Value i = Value.input("i", TensorType.scalar(INT64));
 * closure.body("body", List.of(i), List.of(i.add(x)));   // x is captured
 * closure.close();
 * Node.of(new Loop(closure.bodies().get(0)), closure.inputs(trips, null), 1);
 * }</pre>
 *
 * Parameters belong to the outermost graph and are always captured. Small constants are shared
 * instead, so that shapes stay known inside.
 */
public final class Closure {
  /** Longer constants are captured, so that a file holds them once. */
  private static final int MAX_SHARED_BYTES = 1024;

  private record Draft(
      String name, List<Value> formals, List<Value> outputs, List<String> outputNames) {}

  private final long opened = Node.nextSerial();
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<Value, Integer> captured = new LinkedHashMap<>();
  private final List<Body> bodies = new ArrayList<>();

  /** Adds a body whose outputs are called {@code output_0}, {@code output_1}, … */
  public void body(String name, List<Value> formals, List<Value> outputs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      names.add("output_" + i);
    }
    body(name, formals, outputs, names);
  }

  /**
   * Adds a body.
   *
   * @param formals inputs made since the closure was opened
   * @param outputs values made before or since
   */
  public void body(
      String name, List<Value> formals, List<Value> outputs, List<String> outputNames) {
    drafts.add(new Draft(name, List.copyOf(formals), List.copyOf(outputs), outputNames));
  }

  /** Finds out what all bodies together capture, and closes them over it. */
  public void close() {
    drafts.forEach(this::collect);
    drafts.forEach(draft -> bodies.add(closed(draft)));
  }

  /** The bodies in the order in which they were added, once closed. */
  public List<Body> bodies() {
    return List.copyOf(bodies);
  }

  public Body body(int i) {
    return bodies.get(i);
  }

  /** The values captured, once closed. */
  public List<Value> captured() {
    return List.copyOf(captured.keySet());
  }

  /** The inputs of the node: the operator's own, null where absent, then what is captured. */
  public List<@Nullable Value> inputs(@Nullable Value... own) {
    return inputs(Arrays.asList(own));
  }

  /** The inputs of the node: the operator's own, null where absent, then what is captured. */
  public List<@Nullable Value> inputs(List<? extends @Nullable Value> own) {
    List<@Nullable Value> all = new ArrayList<>(own);
    all.addAll(captured.keySet());
    return Collections.unmodifiableList(all);
  }

  private boolean isCaptured(Value value) {
    if (value.op() instanceof Leaf.Parameter) {
      return true;
    }
    return value.node().serial() < opened
        && !(value.constant() != null && isSmall(value.constant()));
  }

  private static boolean isSmall(Tensor tensor) {
    return tensor.strings().isEmpty() && tensor.bytes().remaining() <= MAX_SHARED_BYTES;
  }

  private void collect(Draft draft) {
    Set<Node> seen = new HashSet<>();
    Deque<Value> stack = new ArrayDeque<>();
    for (int i = draft.outputs().size() - 1; i >= 0; i--) {
      stack.push(draft.outputs().get(i));
    }
    while (!stack.isEmpty()) {
      Value value = stack.pop();
      if (isCaptured(value)) {
        captured.putIfAbsent(value, captured.size());
      } else if (seen.add(value.node())) {
        List<@Nullable Value> inputs = value.node().inputs();
        for (int i = inputs.size() - 1; i >= 0; i--) {
          Value input = inputs.get(i);
          if (input != null) {
            stack.push(input);
          }
        }
      }
    }
  }

  private Body closed(Draft draft) {
    Set<String> names = new HashSet<>();
    draft.formals().forEach(v -> names.add(v.name()));
    List<Value> inputs = new ArrayList<>(draft.formals());
    Map<Value, Value> replacements = new HashMap<>();
    captured.forEach(
        (value, i) -> {
          Value inner = Value.input(fresh(value, i, names), value.type());
          inputs.add(inner);
          replacements.put(value, inner);
        });
    List<Value> outputs = Rewriting.substitute(draft.outputs(), replacements);
    return new Body(Graph.of(draft.name(), inputs, outputs, draft.outputNames()), captured.size());
  }

  private static String fresh(Value value, int i, Set<String> names) {
    String own = value.name();
    if (own != null && !own.isEmpty() && names.add(own)) {
      return own;
    }
    String name = "captured_" + i;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }
}
