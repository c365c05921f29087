package dev.sardonyx.onnx;

import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.SparseTensorProto;
import dev.sardonyx.proto.TensorProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the tensors that a graph holds. */
final class Initializers {
  private final Context context;
  private final Source source;
  private final Defined defined;
  private final Set<String> trained;

  /**
   * @param trained those that are parameters whatever their type
   */
  Initializers(Context context, Defined defined, Set<String> trained) {
    this.trained = trained;
    this.context = context;
    this.source = context.source();
    this.defined = defined;
  }

  /** Defines all of them; their names. */
  Set<String> read(GraphProto graph) {
    Set<String> names = new HashSet<>();
    for (TensorProto proto : graph.getInitializerList()) {
      String place = "initializer " + Source.shown(proto.getName()) + context.around();
      define(proto, TensorReader.read(proto, source, place), place);
      names.add(proto.getName());
    }
    for (SparseTensorProto proto : graph.getSparseInitializerList()) {
      TensorProto values = proto.getValues();
      String place = "sparse initializer " + Source.shown(values.getName()) + context.around();
      define(values, SparseReader.read(proto, context, place), place);
      names.add(values.getName());
    }
    return names;
  }

  /** Weights belong to the model: what a subgraph holds is a constant, and so are integers. */
  private void define(TensorProto proto, Tensor tensor, String place) {
    String name = defined.fresh(proto.getNameBytes(), place);
    Boolean stated = Properties.flag(proto.getMetadataPropsList(), Properties.TRAINABLE);
    String doc = source.doc(proto.getDocStringBytes(), place);
    boolean constant =
        context.depth() > 0
            || Boolean.TRUE.equals(
                Properties.flag(proto.getMetadataPropsList(), Properties.CONSTANT));
    boolean parameter =
        !constant && (stated != null || tensor.element().isFloat() || trained.contains(name));
    Op op =
        parameter
            ? new Leaf.Parameter(name, tensor, stated == null ? tensor.element().isFloat() : stated)
            : new Leaf.Constant(tensor);
    boolean nameless = parameter || constant && NamePool.isGenerated(name, "Constant");
    List<String> outputs = nameless ? List.of() : List.of(name);
    Node.Names names = new Node.Names(null, outputs, doc);
    Value value = Node.of(op, List.of(), Inference.ANY_NUMBER, names, source.at(place)).output();
    defined.put(name, value);
  }
}
