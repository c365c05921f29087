package dev.sardonyx.onnx;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a model's graph. */
final class GraphReader {
  private final Source source;
  private final GraphProto graph;
  private final Defined defined;
  private final NodeReader nodes;

  GraphReader(Source source, GraphProto graph, Map<String, Integer> imports) {
    this.source = source;
    this.graph = graph;
    this.defined = new Defined(source, graph);
    this.nodes = new NodeReader(source, defined, imports);
  }

  Graph read() {
    if (graph.getSparseInitializerCount() > 0) {
      throw source.refuse(
          "ONNX-006",
          "sparse_initializer",
          "the model has sparse weights, which are not supported",
          "sparse_initializer: " + graph.getSparseInitializerCount(),
          "store them densely");
    }
    String name = source.text(graph.getNameBytes(), "graph");
    graph.getInitializerList().forEach(this::initializer);
    List<Value> inputs = inputs();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      nodes.read(graph.getNode(i), i);
    }
    Map<String, Value> outputs = outputs();
    return Location.within(source.at("graph"), () -> Graph.of(name, inputs, outputs));
  }

  private void initializer(TensorProto proto) {
    String place = "initializer " + Source.shown(proto.getName());
    String name = defined.fresh(proto.getNameBytes(), place);
    Tensor tensor = TensorReader.read(proto, source, place);
    Boolean stated = Properties.flag(proto.getMetadataPropsList(), Properties.TRAINABLE);
    String doc = source.doc(proto.getDocStringBytes(), place);
    boolean constant =
        Boolean.TRUE.equals(Properties.flag(proto.getMetadataPropsList(), Properties.CONSTANT));
    boolean parameter = !constant && (stated != null || tensor.element().isFloat());
    Op op =
        parameter
            ? new Leaf.Parameter(name, tensor, stated == null || stated)
            : new Leaf.Constant(tensor);
    boolean nameless = parameter || constant && ValueNames.isGenerated(name, "Constant");
    List<String> outputs = nameless ? List.of() : List.of(name);
    defined.put(name, leaf(op, new Node.Names(null, outputs, doc), place));
  }

  private Value leaf(Op op, Node.Names names, String place) {
    return Node.of(op, List.of(), Inference.ANY_NUMBER, names, source.at(place)).output();
  }

  /** The inputs that must be given: old files list their weights among them. */
  private List<Value> inputs() {
    Set<String> initializers = new HashSet<>();
    graph.getInitializerList().forEach(t -> initializers.add(t.getName()));
    List<Value> inputs = new ArrayList<>();
    for (ValueInfoProto info : graph.getInputList()) {
      String place = "input " + Source.shown(info.getName());
      if (initializers.remove(info.getName())) {
        checkType(info, defined.get(info.getNameBytes(), place), place);
        continue;
      }
      String name = defined.fresh(info.getNameBytes(), place);
      Type type = new Types(source, place).read(info.getType());
      String doc = source.doc(info.getDocStringBytes(), place);
      Value input = leaf(new Leaf.Input(name, type), new Node.Names(null, List.of(), doc), place);
      defined.put(name, input);
      inputs.add(input);
    }
    return inputs;
  }

  /** Declared shapes may be stale or vague; another element type is a contradiction. */
  private void checkType(ValueInfoProto info, Value value, String place) {
    if (!info.hasType()) {
      return;
    }
    Type declared = new Types(source, place).read(info.getType());
    if (contradicts(declared, value.type())) {
      throw source.refuse(
          "ONNX-020",
          place,
          "the declared type is not the value's",
          "declared: %s   computed: %s".formatted(declared, value.type()),
          "correct the declaration");
    }
  }

  private static boolean contradicts(Type declared, Type type) {
    return declared instanceof TensorType a && type instanceof TensorType b
        ? a.element() != b.element()
        : declared.getClass() != type.getClass();
  }

  private Map<String, Value> outputs() {
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (ValueInfoProto info : graph.getOutputList()) {
      String place = "output " + Source.shown(info.getName());
      Value value = defined.get(info.getNameBytes(), place);
      checkType(info, value, place);
      if (outputs.put(info.getName(), value) != null) {
        throw source.refuse(
            "ONNX-007",
            place,
            "an output is listed twice",
            "name: \"" + Source.shown(info.getName()) + '"',
            "list it once");
      }
    }
    return outputs;
  }
}
