package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function from inputs to outputs. Its nodes are whatever the outputs reach, so there is no dead
 * code. A graph that exists has passed {@link Verifier#verify}.
 */
public final class Graph {
  /** How deep bodies may lie in each other. */
  public static final int MAX_DEPTH = 100;

  private final String name;
  private final List<Value> inputs;
  private final List<Value> outputs;
  private final List<String> outputNames;
  private final Info info;
  private final List<Node> nodes;
  private final int depth;

  /**
   * What a file says beside the mathematics: the document string, and properties in their order.
   */
  public record Info(@Nullable String docString, Map<String, String> metadata) {
    public static final Info NONE = new Info(null, Map.of());

    public Info {
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
  }

  private Graph(
      String name, List<Value> inputs, List<Value> outputs, List<String> outputNames, Info info) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.outputNames = List.copyOf(outputNames);
    this.info = info;
    this.nodes = Walk.topological(this.outputs);
    this.depth = depth(nodes);
    Verifier.verify(this);
  }

  /** The same mathematics under another name and description. */
  private Graph(Graph same, String name, Info info) {
    this.name = name;
    this.inputs = same.inputs;
    this.outputs = same.outputs;
    this.outputNames = same.outputNames;
    this.info = info;
    this.nodes = same.nodes;
    this.depth = same.depth;
  }

  /** Outputs are called by their values' names, or {@code output_0}, {@code output_1}, … */
  public static Graph of(String name, List<Value> inputs, List<Value> outputs) {
    return of(name, inputs, outputs, defaultNames(outputs));
  }

  public static Graph of(
      String name, List<Value> inputs, List<Value> outputs, List<String> outputNames) {
    return new Graph(name, inputs, outputs, outputNames, Info.NONE);
  }

  /** The graph with outputs under the map's keys, in its order. */
  public static Graph of(String name, List<Value> inputs, Map<String, Value> outputs) {
    return of(name, inputs, List.copyOf(outputs.values()), List.copyOf(outputs.keySet()));
  }

  private static List<String> defaultNames(List<Value> outputs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputs.get(i).name();
      names.add(name != null && !names.contains(name) ? name : "output_" + i);
    }
    return names;
  }

  public Graph withInfo(Info newInfo) {
    return new Graph(this, name, newInfo);
  }

  public Graph withName(String newName) {
    return new Graph(this, newName, info);
  }

  /** The same interface and names computed by other values. */
  public Graph withOutputs(List<Value> newOutputs) {
    return new Graph(name, inputs, newOutputs, outputNames, info);
  }

  public String name() {
    return name;
  }

  /** The inputs, every one of them a {@link Leaf.Input}, whether it is used or not. */
  public List<Value> inputs() {
    return inputs;
  }

  public List<Value> outputs() {
    return outputs;
  }

  public List<String> outputNames() {
    return outputNames;
  }

  public Info info() {
    return info;
  }

  /** All nodes that the outputs reach, leaves too, each after those it depends on. */
  public List<Node> nodes() {
    return nodes;
  }

  private static int depth(List<Node> nodes) {
    int depth = 0;
    for (Node node : nodes) {
      for (Body body : OpSchema.of(node.op()).bodiesOf(node.op())) {
        depth = Math.max(depth, 1 + body.graph().depth);
      }
    }
    return depth;
  }

  /** How deep bodies lie in each other in this graph; 0 without any. */
  public int depth() {
    return depth;
  }

  /** The parameters that the outputs reach, in the order of {@link #nodes}. */
  public List<Value> parameters() {
    return nodes.stream().filter(n -> n.op() instanceof Leaf.Parameter).map(Node::output).toList();
  }

  /** The input of this name; an {@link IllegalArgumentException} if there is none. */
  public Value input(String inputName) {
    return inputs.stream()
        .filter(v -> inputName.equals(v.name()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(name + " has no input called " + inputName));
  }

  /** The output of this name; an {@link IllegalArgumentException} if there is none. */
  public Value output(String outputName) {
    int i = outputNames.indexOf(outputName);
    if (i < 0) {
      throw new IllegalArgumentException(
          "%s has no output called %s but %s".formatted(name, outputName, outputNames));
    }
    return outputs.get(i);
  }

  /** Names and types of the inputs, in order. */
  public Map<String, Type> inputTypes() {
    Map<String, Type> types = new LinkedHashMap<>();
    inputs.forEach(v -> types.put(((Leaf.Input) v.op()).name(), v.type()));
    return types;
  }

  @Override
  public String toString() {
    return "graph %s: %s nodes, %s -> %s".formatted(name, nodes.size(), inputs, outputs);
  }
}
