package dev.sardonyx.onnx;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a model's graph. */
final class GraphReader {
  private final Context context;
  private final Source source;
  private final GraphProto graph;
  private final Set<String> trained;
  private final Defined defined;
  private final NodeReader nodes;
  private final Set<String> initializers = new HashSet<>();
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();

  /**
   * @param trained the initializers that are parameters whatever their type
   */
  GraphReader(Context context, GraphProto graph, Set<String> trained) {
    this.trained = trained;
    this.context = context;
    this.source = context.source();
    this.graph = graph;
    this.defined = new Defined(source, graph.getNodeList(), null);
    this.nodes = new NodeReader(context, defined);
  }

  Graph read() {
    String name = source.text(graph.getNameBytes(), "graph");
    initializers(graph);
    graph.getInputList().forEach(this::input);
    for (int i = 0; i < graph.getNodeCount(); i++) {
      node(i);
    }
    graph.getOutputList().forEach(this::output);
    return Location.within(source.at("graph"), () -> Graph.of(name, inputs, outputs));
  }

  /** Defines the tensors that are listed there. */
  void initializers(GraphProto list) {
    initializers.addAll(new Initializers(context, defined, trained).read(list));
  }

  /** Defines what must be given: old files list their weights among the inputs. */
  void input(ValueInfoProto info) {
    String place = "input " + Source.shown(info.getName());
    if (initializers.remove(info.getName())) {
      Value value = defined.get(info.getNameBytes(), place);
      new Declared(source, place).check(info, value);
      return;
    }
    inputs.add(assume(info, place));
  }

  /** Defines a value of which no more is known than its type. */
  Value assume(ValueInfoProto info, String place) {
    String name = defined.fresh(info.getNameBytes(), place);
    Type type = new Types(source, place).read(info.getType());
    String doc = source.doc(info.getDocStringBytes(), place);
    Node.Names names = new Node.Names(null, List.of(), doc);
    Leaf.Input input = new Leaf.Input(name, type);
    Value value = Node.of(input, List.of(), Inference.ANY_NUMBER, names, source.at(place)).output();
    defined.put(name, value);
    return value;
  }

  /** Defines the results of a node. */
  void node(int i) {
    nodes.read(graph.getNode(i), i);
  }

  void output(ValueInfoProto info) {
    String place = "output " + Source.shown(info.getName());
    Value value = defined.get(info.getNameBytes(), place);
    new Declared(source, place).check(info, value);
    if (outputs.put(info.getName(), value) != null) {
      throw source.refuse(
          "ONNX-007",
          place,
          "an output is listed twice",
          "name: \"" + Source.shown(info.getName()) + '"',
          "list it once");
    }
  }
}
