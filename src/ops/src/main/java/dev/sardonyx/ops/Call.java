package dev.sardonyx.ops;

import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operator about to be applied: its inputs and attributes, until one of its outputs is asked
 * for. Then it is one node, and nothing can be set any more.
 */
public abstract class Call {
  private final OpSchema schema;
  private final List<@Nullable Value> inputs = new ArrayList<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private List<Value> captured = List.of();
  private @Nullable Node node;

  /** For the classes of operators, which are generated. */
  protected Call(Class<? extends Op> op) {
    this.schema = OpSchema.of(op);
  }

  /** The node, made now unless it is already; what is wrong is refused at this line. */
  public final Node node() {
    return node(allResults());
  }

  /** The first output. */
  public final Value value() {
    return result(0);
  }

  private Node node(int results) {
    Node made = node;
    if (made == null) {
      List<@Nullable Value> all = new ArrayList<>(inputs);
      all.addAll(captured);
      made = Node.of(schema.create(attributes), all, results);
      node = made;
    }
    return made;
  }

  /** Optional results are asked for from the start: those that nothing uses cost nothing. */
  private int allResults() {
    List<OpSchema.Slot> outputs = schema.outputs();
    boolean varies = outputs.stream().anyMatch(OpSchema.Slot::variadic);
    return varies ? Inference.ANY_NUMBER : outputs.size();
  }

  protected final Value result(int i) {
    Node made = node();
    if (i < made.outputs().size()) {
      return made.outputs().get(i);
    }
    throw refuse(made, "gives no " + schema.outputs().get(i).name());
  }

  protected final List<Value> results(int first) {
    List<Value> outputs = node().outputs();
    return outputs.subList(Math.min(first, outputs.size()), outputs.size());
  }

  protected final List<Value> results(int first, int count) {
    List<Value> outputs = node(first + count).outputs();
    if (outputs.size() == first + count) {
      return outputs.subList(first, outputs.size());
    }
    throw refuse(node(), "gives %s results, not %s".formatted(outputs.size(), first + count));
  }

  private DiagnosticException refuse(Node made, String message) {
    return new Diagnostic(
            "GRAPH-006",
            schema.type() + " " + message,
            Location.current(),
            "results: " + made.types(),
            "its attributes and inputs decide which results there are")
        .exception();
  }

  protected final void input(int i, Value value) {
    requireOpen();
    while (inputs.size() <= i) {
      inputs.add(null);
    }
    inputs.set(i, value);
  }

  /** The inputs from {@code first} on. */
  protected final void inputs(int first, List<Value> values) {
    requireOpen();
    while (inputs.size() > first) {
      inputs.remove(inputs.size() - 1);
    }
    for (int i = 0; i < values.size(); i++) {
      input(first + i, values.get(i));
    }
  }

  protected final void inputs(int first, Value[] values) {
    inputs(first, List.of(values));
  }

  protected final void capture(List<Value> values) {
    requireOpen();
    captured = List.copyOf(values);
  }

  protected final void attribute(String name, Object value) {
    requireOpen();
    attributes.put(name, value instanceof Enum<?> word ? word.toString() : value);
  }

  protected final void attribute(String name, boolean value) {
    attribute(name, value ? 1L : 0L);
  }

  protected final void attribute(String name, ElementType value) {
    attribute(name, (long) value.code());
  }

  protected final void attribute(String name, List<?> values) {
    attribute(name, (Object) List.copyOf(values));
  }

  protected final void attribute(String name, long[] values) {
    attribute(name, Arrays.stream(values).boxed().toList());
  }

  protected final void attribute(String name, float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    attribute(name, list);
  }

  protected final void attribute(String name, String[] values) {
    attribute(name, List.of(values));
  }

  private void requireOpen() {
    if (node != null) {
      throw new IllegalStateException(
          schema.type() + " is already a node: set everything before asking for an output");
    }
  }

  @Override
  public String toString() {
    return node == null ? schema.type() + attributes : node.toString();
  }
}
