package dev.sardonyx.onnx;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Contrib;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one graph, the model's or a subgraph. */
final class GraphWriter {
  private final ModelWriter model;
  private final Graph graph;
  private final WrittenForms forms;
  private final List<Value> inputs;
  private final ValueNames names;
  private final Set<String> outputNames;

  GraphWriter(ModelWriter model, Graph graph, ValueNames names) {
    this(model, graph, graph.inputs(), names);
  }

  private GraphWriter(ModelWriter model, Graph graph, List<Value> inputs, ValueNames names) {
    this.model = model;
    this.graph = graph;
    this.forms = new WrittenForms(graph, model.export().opset());
    this.inputs = inputs;
    this.names = names;
    this.outputNames = new HashSet<>(names.outputs());
  }

  void write(GraphProto.Builder out) {
    out.setName(Utf8.checked(graph.name(), Location.current()));
    inputs.forEach(input -> out.addInput(input(input)));
    Set<String> written = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Constant && !forms.uses(node.output())) {
        continue;
      }
      if (node.op() instanceof Leaf.Parameter parameter) {
        if (written.add(parameter.name())) {
          out.addInitializer(parameter(node, parameter));
        }
      } else if (node.op() instanceof Leaf.Constant constant
          && model.isOutside(constant.tensor())) {
        out.addInitializer(outside(node, constant.tensor()));
      } else if (!(node.op() instanceof Leaf.Input)) {
        node(node, out);
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      output(graph.outputs().get(i), names.outputs().get(i), out);
    }
  }

  /** A body as a subgraph of {@code node}, in which captured values have their names of here. */
  private GraphProto body(Node node, Body body) {
    int own = node.inputs().size() - body.captures();
    List<String> captured = new ArrayList<>();
    for (int i = own; i < node.inputs().size(); i++) {
      captured.add(names.of(node.input(i)));
    }
    ValueNames inner = ValueNames.of(body, captured, model.names());
    GraphProto.Builder out = GraphProto.newBuilder();
    new GraphWriter(model, body.graph(), body.formals(), inner).write(out);
    Properties.write(body.graph().info(), out);
    return out.build();
  }

  private ValueInfoProto input(Value input) {
    ValueInfoProto.Builder info = info(names.of(input), input);
    String doc = input.node().names().docString();
    if (doc != null) {
      info.setDocString(Utf8.checked(doc, input.node().at()));
    }
    return info.build();
  }

  private static ValueInfoProto.Builder info(String name, Value value) {
    return ValueInfoProto.newBuilder()
        .setName(Utf8.checked(name, value.node().at()))
        .setType(Types.write(value.type()));
  }

  /** Whether a parameter trains is said where readers would guess otherwise. */
  private TensorProto parameter(Node node, Leaf.Parameter parameter) {
    TensorProto.Builder tensor = model.tensor(parameter.tensor(), node.at());
    tensor.setName(Utf8.checked(parameter.name(), node.at()));
    if (!parameter.trainable() || !parameter.tensor().element().isFloat()) {
      String flag = Boolean.toString(parameter.trainable());
      tensor.addMetadataProps(Properties.entry(Properties.TRAINABLE, flag));
    }
    if (node.names().docString() != null) {
      tensor.setDocString(Utf8.checked(node.names().docString(), node.at()));
    }
    return tensor.build();
  }

  /**
   * Runtimes look for other files at initializers only, so a large constant becomes one. So does
   * one of an element type that the opset's Constant does not have.
   */
  private TensorProto outside(Node node, Tensor tensor) {
    TensorProto.Builder out =
        model
            .tensor(tensor, node.at())
            .setName(Utf8.checked(names.of(node.output()), node.at()))
            .addMetadataProps(Properties.entry(Properties.CONSTANT, "true"));
    if (node.names().docString() != null) {
      out.setDocString(Utf8.checked(node.names().docString(), node.at()));
    }
    return out.build();
  }

  private void node(Node node, GraphProto.Builder out) {
    OpSchema schema = OpSchema.of(node.op());
    NodeProto.Builder proto = NodeProto.newBuilder().setOpType(schema.type());
    if (node.op() instanceof Leaf.Constant constant) {
      proto.addAttribute(
          AttributeProto.newBuilder()
              .setName("value")
              .setType(AttributeType.TENSOR)
              .setT(model.tensor(constant.tensor(), node.at())));
    } else {
      proto.addAllAttribute(AttributeWriter.write(forms.of(node), body -> body(node, body)));
    }
    if (!schema.domain().isEmpty()) {
      proto.setDomain(schema.domain());
    }
    inputs(node, schema, proto);
    outputs(node, proto, out);
    String name = node.names().node();
    // Rewriting may have made two nodes of one name.
    if (name != null && model.takeNodeName(name)) {
      proto.setName(Utf8.checked(name, node.at()));
    }
    if (node.names().docString() != null) {
      proto.setDocString(Utf8.checked(node.names().docString(), node.at()));
    }
    node.names()
        .metadata()
        .forEach(
            (key, value) ->
                proto.addMetadataProps(
                    Properties.entry(
                        Utf8.checked(key, node.at()), Utf8.checked(value, node.at()))));
    out.addNode(proto);
  }

  /** The operator's own inputs: what bodies capture they find by name. */
  private void inputs(Node node, OpSchema schema, NodeProto.Builder proto) {
    List<@Nullable Value> all = forms.inputs(node);
    int least = schema.hasVariadicInput() ? schema.inputs().size() - 1 : 0;
    int own = all.size() - node.captures();
    while (own > least && all.get(own - 1) == null) {
      own--;
    }
    for (int i = 0; i < Math.max(own, least); i++) {
      Value value = i < own ? all.get(i) : null;
      proto.addInput(value == null ? "" : names.of(value));
    }
  }

  private void outputs(Node node, NodeProto.Builder proto, GraphProto.Builder out) {
    List<String> outputs = new ArrayList<>();
    for (Value value : node.outputs()) {
      String name = Utf8.checked(names.of(value), node.at());
      outputs.add(name);
      if (model.export().intermediateTypes() && !name.isEmpty() && !outputNames.contains(name)) {
        out.addValueInfo(info(name, value));
      }
    }
    // ONNX Runtime's own operators look at how many there are, whether or not they have names.
    boolean standard = !OpSchema.of(node.op()).domain().equals(Contrib.DOMAIN);
    while (standard && outputs.get(outputs.size() - 1).isEmpty()) {
      outputs.remove(outputs.size() - 1);
    }
    proto.addAllOutput(outputs);
  }

  /** An output whose value is called otherwise in the file comes from an Identity. */
  private void output(Value value, String name, GraphProto.Builder out) {
    String source = names.of(value);
    if (!source.equals(name)) {
      Node identity = Node.of(new Elementwise.Identity(), value);
      Restatement.require(identity, model.export().opset());
      out.addNode(
          NodeProto.newBuilder()
              .setOpType("Identity")
              .addInput(source)
              .addOutput(Utf8.checked(name, value.node().at()))
              .addMetadataProps(Properties.entry(Properties.OUTPUT, "true")));
    }
    out.addOutput(info(name, value));
  }
}
