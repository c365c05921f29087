package dev.sardonyx.onnx;

import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one graph as a model. */
final class GraphWriter {
  /** Leaves room below the 2 GiB of protocol buffers for all that is not tensor data. */
  private static final long MAX_TENSOR_BYTES = Integer.MAX_VALUE - (64L << 20);

  private final Graph graph;
  private final Export export;
  private final @Nullable ExternalWriter external;
  private final ValueNames names;
  private final Map<String, Integer> imports;
  private final GraphProto.Builder out;
  private final ModelProto.Builder model = ModelProto.newBuilder();
  private final Set<String> outputNames;
  private final Set<String> nodeNames = new HashSet<>();
  private int irVersion;
  private long tensorBytes;

  /**
   * @param external where large weights are laid; null if all lie in the model
   */
  GraphWriter(Graph graph, Export export, @Nullable ExternalWriter external) {
    this.external = external;
    this.graph = graph;
    this.export = export;
    this.names = new ValueNames(graph);
    this.imports =
        Opset.imports(graph.nodes().stream().filter(n -> !n.isLeaf()).toList(), export.opset());
    this.out = model.getGraphBuilder();
    this.outputNames = new HashSet<>(graph.outputNames());
    this.irVersion = Opset.irVersion(export.opset());
  }

  ModelProto model() {
    out.setName(Utf8.checked(graph.name(), Location.current()));
    graph.inputs().forEach(this::input);
    Set<String> written = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Parameter parameter) {
        if (written.add(parameter.name())) {
          out.addInitializer(parameter(node, parameter));
        }
      } else if (node.op() instanceof Leaf.Constant constant && isOutside(constant.tensor())) {
        out.addInitializer(outside(node, constant.tensor()));
      } else if (!(node.op() instanceof Leaf.Input)) {
        node(node);
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      output(graph.outputs().get(i), graph.outputNames().get(i));
    }
    Properties.write(graph.info(), model);
    model.setIrVersion(irVersion).setProducerName(Utf8.checked(export.producerName(), at()));
    if (!export.producerVersion().isEmpty()) {
      model.setProducerVersion(Utf8.checked(export.producerVersion(), at()));
    }
    imports.forEach(
        (domain, version) ->
            model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    return model.build();
  }

  private static Location at() {
    return Location.current();
  }

  private void input(Value input) {
    ValueInfoProto.Builder info = info(names.of(input), input);
    String doc = input.node().names().docString();
    if (doc != null) {
      info.setDocString(Utf8.checked(doc, input.node().at()));
    }
    out.addInput(info);
  }

  private static ValueInfoProto.Builder info(String name, Value value) {
    return ValueInfoProto.newBuilder()
        .setName(Utf8.checked(name, value.node().at()))
        .setType(Types.write(value.type()));
  }

  /** Whether a parameter trains is said where readers would guess otherwise. */
  private TensorProto parameter(Node node, Leaf.Parameter parameter) {
    TensorProto.Builder tensor = tensor(parameter.tensor(), node.at());
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

  private boolean isOutside(Tensor tensor) {
    return external != null && external.takes(tensor);
  }

  /** Runtimes look for other files at initializers only, so a large constant becomes one. */
  private TensorProto outside(Node node, Tensor tensor) {
    TensorProto.Builder out =
        tensor(tensor, node.at())
            .setName(Utf8.checked(names.of(node.output()), node.at()))
            .addMetadataProps(Properties.entry(Properties.CONSTANT, "true"));
    if (node.names().docString() != null) {
      out.setDocString(Utf8.checked(node.names().docString(), node.at()));
    }
    return out.build();
  }

  private TensorProto.Builder tensor(Tensor tensor, Location at) {
    irVersion = Math.max(irVersion, Opset.irVersion(tensor.element()));
    if (external != null && external.takes(tensor)) {
      return external.place(tensor);
    }
    tensorBytes += tensor.bytes().remaining();
    if (tensorBytes > MAX_TENSOR_BYTES) {
      throw new Diagnostic(
              "ONNX-024",
              "the graph's tensors do not fit the 2 GiB of one ONNX file",
              at,
              "bytes of tensors so far: " + tensorBytes,
              "write it with its weights in files beside it: Export.withExternalData")
          .exception();
    }
    return TensorWriter.write(tensor, at);
  }

  private void node(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    NodeProto.Builder proto = NodeProto.newBuilder().setOpType(schema.type());
    if (node.op() instanceof Leaf.Constant constant) {
      proto.addAttribute(
          AttributeProto.newBuilder()
              .setName("value")
              .setType(AttributeType.TENSOR)
              .setT(tensor(constant.tensor(), node.at())));
    } else {
      Opset.requireWritable(node, schema, imports.get(schema.domain()));
      proto.addAllAttribute(AttributeWriter.write(node, schema));
    }
    if (!schema.domain().isEmpty()) {
      proto.setDomain(schema.domain());
    }
    node.inputs().forEach(v -> proto.addInput(v == null ? "" : names.of(v)));
    outputs(node, proto);
    String name = node.names().node();
    // ONNX Runtime refuses two nodes of one name; rewriting may have made them.
    if (name != null && nodeNames.add(name)) {
      proto.setName(Utf8.checked(name, node.at()));
    }
    if (node.names().docString() != null) {
      proto.setDocString(Utf8.checked(node.names().docString(), node.at()));
    }
    out.addNode(proto);
  }

  private void outputs(Node node, NodeProto.Builder proto) {
    List<String> outputs = new ArrayList<>();
    for (Value value : node.outputs()) {
      String name = Utf8.checked(names.of(value), node.at());
      outputs.add(name);
      if (export.intermediateTypes() && !name.isEmpty() && !outputNames.contains(name)) {
        out.addValueInfo(info(name, value));
      }
    }
    while (outputs.get(outputs.size() - 1).isEmpty()) {
      outputs.remove(outputs.size() - 1);
    }
    proto.addAllOutput(outputs);
  }

  /** An output whose value is called otherwise in the file comes from an Identity. */
  private void output(Value value, String name) {
    String source = names.of(value);
    if (!source.equals(name)) {
      Node identity = Node.of(new Elementwise.Identity(), value);
      Opset.requireWritable(identity, OpSchema.of(identity.op()), export.opset());
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
