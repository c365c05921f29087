package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph with tensors alone for inputs and outputs, which is what ONNX Runtime's Java API carries:
 * in the place of a sequence or an optional that goes in there are the tensors in it and the
 * operators that put them together, and what comes out is taken apart.
 */
final class Unwrapped {
  private final Map<String, Tensor> feeds = new LinkedHashMap<>();
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final List<String> outputNames;
  private final List<Datum> expected;
  private final String name;

  private Unwrapped(Graph graph, List<Datum> data, List<Datum> expected) {
    this.name = graph.name();
    this.outputNames = graph.outputNames();
    this.expected = expected;
    Map<Value, Value> replaced = new LinkedHashMap<>();
    for (int i = 0; i < data.size(); i++) {
      Value input = graph.inputs().get(i);
      Value built = build(input, String.valueOf(input.name()), input.type(), data.get(i));
      if (built != input) {
        replaced.put(input, built);
      }
    }
    List<Value> values = Rewriting.substitute(graph.outputs(), replaced);
    for (int i = 0; i < values.size(); i++) {
      ask(outputNames.get(i), values.get(i), expected.get(i));
    }
  }

  /**
   * @param data of the inputs, in order
   * @param expected of the outputs, in order: what is taken apart has as many parts as these
   */
  static Unwrapped of(Graph graph, List<Datum> data, List<Datum> expected) {
    return new Unwrapped(graph, data, expected);
  }

  Graph graph() {
    return Graph.of(name, inputs, outputs);
  }

  Map<String, Tensor> feeds() {
    return feeds;
  }

  private Value build(Value input, String called, Type type, Datum datum) {
    if (datum instanceof Datum.Single single) {
      Value leaf = called.equals(input.name()) ? input : Value.input(called, withoutSymbols(type));
      inputs.add(leaf);
      feeds.put(called, single.tensor());
      return leaf;
    }
    if (datum instanceof Datum.Sequence sequence && type instanceof Type.Sequence of) {
      List<Value> parts = new ArrayList<>();
      for (Datum element : sequence.elements()) {
        parts.add(build(input, called + "[" + parts.size() + "]", of.element(), element));
      }
      return parts.isEmpty()
          ? apply("SequenceEmpty", Map.of("dtype", (long) element(of).code()))
          : apply("SequenceConstruct", Map.of(), parts.toArray(Value[]::new));
    }
    if (datum instanceof Datum.Optional optional && type instanceof Type.Optional of) {
      return optional.content() == null
          ? apply("Optional", Map.of("type", of.element()))
          : apply(
              "Optional", Map.of(), build(input, called + "?", of.element(), optional.content()));
    }
    throw new Mismatch("input %s: a %s cannot be given to a run".formatted(called, type));
  }

  /** A symbol in the type of a sequence's elements is another number in each. */
  private static Type withoutSymbols(Type type) {
    if (!(type instanceof TensorType tensor) || !tensor.shape().isRanked()) {
      return type;
    }
    List<Dim> dims =
        tensor.shape().dims().stream().map(dim -> dim.isFixed() ? dim : Dim.UNKNOWN).toList();
    return tensor.with(Shape.of(dims));
  }

  private static ElementType element(Type.Sequence sequence) {
    if (sequence.element() instanceof TensorType tensor) {
      return tensor.element();
    }
    throw new Mismatch("an empty " + sequence + " cannot be given to a run");
  }

  private void ask(String called, Value value, Datum want) {
    if (want instanceof Datum.Single) {
      outputs.put(called, value);
    } else if (want instanceof Datum.Sequence sequence) {
      outputs.put(called + "#", apply("SequenceLength", Map.of(), value));
      for (int i = 0; i < sequence.elements().size(); i++) {
        Value position = Value.constant(Tensor.scalar((long) i));
        Value element = apply("SequenceAt", Map.of(), value, position);
        ask(called + "[" + i + "]", element, sequence.elements().get(i));
      }
    } else if (want instanceof Datum.Optional optional) {
      outputs.put(called + "?", apply("OptionalHasElement", Map.of(), value));
      if (optional.content() != null) {
        Value content = apply("OptionalGetElement", Map.of(), value);
        ask(called + "!", content, optional.content());
      }
    } else {
      throw new Mismatch("output %s: a %s cannot be read".formatted(called, value.type()));
    }
  }

  private static Value apply(String type, Map<String, Object> attributes, Value... values) {
    OpSchema schema = Catalog.find("", type);
    if (schema == null) {
      throw new Mismatch("containers go in and out by the operator " + type + ", which is missing");
    }
    return Value.of(schema.create(attributes), values);
  }

  /** The graph's own outputs, put together again. */
  List<Datum> outputs(Map<String, Tensor> results) {
    List<Datum> data = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      data.add(read(outputNames.get(i), expected.get(i), results));
    }
    return data;
  }

  private static Datum read(String called, Datum want, Map<String, Tensor> results) {
    if (want instanceof Datum.Sequence sequence) {
      long length = results.get(called + "#").getLong(0);
      if (length != sequence.elements().size()) {
        throw new Mismatch(
            "output %s: expected %s elements, got %s"
                .formatted(called, sequence.elements().size(), length));
      }
      List<Datum> elements = new ArrayList<>();
      for (Datum element : sequence.elements()) {
        elements.add(read(called + "[" + elements.size() + "]", element, results));
      }
      return new Datum.Sequence(elements);
    }
    if (want instanceof Datum.Optional optional) {
      boolean present = results.get(called + "?").getDouble(0) != 0;
      if (present != (optional.content() != null)) {
        throw new Mismatch(
            "output %s: expected %s element, got %s"
                .formatted(called, present ? "no" : "an", present ? "one" : "none"));
      }
      return new Datum.Optional(
          optional.content() == null ? null : read(called + "!", optional.content(), results));
    }
    return new Datum.Single(results.get(called));
  }
}
