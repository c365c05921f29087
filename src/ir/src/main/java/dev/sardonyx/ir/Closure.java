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
import java.util.function.UnaryOperator;
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
 * Parameters belong to the outermost graph and are always captured. Of small constants the body has
 * copies instead, so that shapes stay known inside.
 */
public final class Closure {
  /** Longer constants are captured, so that a file holds them once. */
  private static final int MAX_COPIED_BYTES = 1024;

  private record Draft(
      String name, List<Value> formals, List<Value> outputs, List<String> outputNames) {}

  private final long opened = Node.nextSerial();
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<Value, Integer> captured = new LinkedHashMap<>();
  private final List<Body> bodies = new ArrayList<>();

  /**
   * Adds a body whose outputs have the names of their values, or are called {@code output_0},
   * {@code output_1}, …
   */
  public void body(String name, List<Value> formals, List<Value> outputs) {
    List<String> names = new ArrayList<>();
    for (Value output : outputs) {
      boolean inside = output.node().serial() >= opened && !(output.op() instanceof Leaf.Input);
      String own = inside ? output.name() : null;
      names.add(own != null && !names.contains(own) ? own : "output_" + names.size());
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
    return value.node().serial() < opened && !isCopied(value);
  }

  private boolean isCopied(Value value) {
    Tensor constant = value.constant();
    return constant != null && value.node().serial() < opened && copies(constant);
  }

  /** Whether bodies have copies of a constant instead of capturing it. */
  public static boolean copies(Tensor tensor) {
    return tensor.strings().isEmpty() && tensor.bytes().remaining() <= MAX_COPIED_BYTES;
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
          Op input = new Leaf.Input(fresh(value, i, names), value.type());
          Value inner = Node.of(input, List.of(), 1, Node.Names.NONE, value.node().at()).output();
          inputs.add(inner);
          replacements.put(value, inner);
        });
    List<Value> outputs = rebuilt(draft.outputs(), replacements);
    return new Body(Graph.of(draft.name(), inputs, outputs, draft.outputNames()), captured.size());
  }

  /** Looks at nothing outside, so that the cost of a body is in its own size. */
  private List<Value> rebuilt(List<Value> outputs, Map<Value, Value> replacements) {
    UnaryOperator<@Nullable Value> inner = v -> v == null ? null : replaced(v, replacements);
    for (Node node : Walk.topological(outputs, n -> n.serial() >= opened)) {
      List<@Nullable Value> inputs = new ArrayList<>(node.inputs());
      inputs.replaceAll(inner);
      if (!inputs.equals(node.inputs())) {
        Node moved = node.withInputs(inputs);
        for (Value output : node.outputs()) {
          replacements.putIfAbsent(output, moved.outputs().get(output.index()));
        }
      }
    }
    return outputs.stream().map(v -> replaced(v, replacements)).toList();
  }

  private Value replaced(Value value, Map<Value, Value> replacements) {
    Value known = replacements.get(value);
    if (known == null && isCopied(value)) {
      Node.Names names = Node.Names.NONE;
      known = Node.of(value.op(), List.of(), 1, names, value.node().at()).output();
      replacements.put(value, known);
    }
    return known == null ? value : known;
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
