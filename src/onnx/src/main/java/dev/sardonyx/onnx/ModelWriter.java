package dev.sardonyx.onnx;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.TensorProto;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a graph as a model: what holds in all of a file. */
final class ModelWriter {
  /** Leaves room below the 2 GiB of protocol buffers for all that is not tensor data. */
  private static final long MAX_TENSOR_BYTES = Integer.MAX_VALUE - (64L << 20);

  private final Graph graph;
  private final Export export;
  private final @Nullable ExternalWriter external;
  private final Map<String, Integer> imports;
  private final NamePool names = new NamePool();
  private final Set<String> nodeNames = new HashSet<>();
  private int irVersion;

  /**
   * @param external where large weights are laid; null if all lie in the model
   */
  ModelWriter(Graph graph, Export export, @Nullable ExternalWriter external) {
    this.external = external;
    this.graph = Restatement.of(graph, export.opset());
    this.export = export;
    this.imports = Opset.imports(Walk.everywhere(this.graph), export.opset());
    this.irVersion = Opset.irVersion(export.opset());
  }

  ModelProto model() {
    requireRoom();
    ModelProto.Builder model = ModelProto.newBuilder();
    new GraphWriter(this, graph, ValueNames.of(graph, names)).write(model.getGraphBuilder());
    model.setIrVersion(irVersion).setProducerName(Utf8.checked(export.producerName(), at()));
    if (!export.producerVersion().isEmpty()) {
      model.setProducerVersion(Utf8.checked(export.producerVersion(), at()));
    }
    imports.forEach(
        (domain, version) ->
            model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    Properties.write(graph.info(), model);
    return model.build();
  }

  /** Before anything is copied: a message has copies of the tensors that it holds. */
  private void requireRoom() {
    long bytes = 0;
    for (Node node : Walk.everywhere(graph)) {
      Tensor tensor =
          node.op() instanceof Leaf.Parameter p
              ? p.tensor()
              : node.op() instanceof Leaf.Constant c ? c.tensor() : null;
      boolean inside = tensor != null && (external == null || !external.takes(tensor));
      bytes += inside ? tensor.bytes().remaining() : 0;
      if (bytes > MAX_TENSOR_BYTES) {
        throw new Diagnostic(
                "ONNX-024",
                "the graph's tensors do not fit the 2 GiB of one ONNX file",
                node.at(),
                "bytes of tensors so far: " + bytes,
                "write it with its weights in files beside it: Export.withExternalData")
            .exception();
      }
    }
  }

  private static Location at() {
    return Location.current();
  }

  Export export() {
    return export;
  }

  NamePool names() {
    return names;
  }

  /** Whether a node may have the name: ONNX Runtime refuses two of one name. */
  boolean takeNodeName(String name) {
    return nodeNames.add(name);
  }

  /**
   * Whether a constant becomes an initializer: runtimes look for other files there only, and a
   * Constant does not have all element types at every opset.
   */
  boolean isOutside(Tensor tensor) {
    return external != null && external.takes(tensor)
        || !Opset.hasConstant(tensor.element(), export.opset());
  }

  TensorProto.Builder tensor(Tensor tensor, Location at) {
    irVersion = Math.max(irVersion, Opset.irVersion(tensor.element()));
    if (external != null && external.takes(tensor)) {
      return external.place(tensor);
    }
    return TensorWriter.write(tensor, at);
  }
}
