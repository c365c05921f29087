package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads nodes, one after the other. */
final class NodeReader {
  private final Context context;
  private final Source source;
  private final Defined defined;
  private final Map<String, Integer> imports;

  NodeReader(Context context, Defined defined) {
    this.context = context;
    this.source = context.source();
    this.defined = defined;
    this.imports = context.imports();
  }

  void read(NodeProto node, int index) {
    String type = node.getOpType();
    String place =
        node.getName().isEmpty()
            ? "node %d (%s)".formatted(index, Source.shown(type))
            : "node " + Source.shown(node.getName());
    String domain = node.getDomain().equals("ai.onnx") ? "" : node.getDomain();
    context.work().node();
    Map<String, Object> attributes = new AttributeReader(source, place).read(node);
    if (isOutputName(node, type)) {
      Value value = defined.get(node.getInputList().asByteStringList().get(0), place);
      defined.put(defined.fresh(node.getOutputList().asByteStringList().get(0), place), value);
      return;
    }
    if (domain.isEmpty() && type.equals("Constant")) {
      constant(node, attributes, place);
      return;
    }
    OpSchema schema = operator(node, domain, attributes, place);
    Subgraphs.Result closed =
        Subgraphs.read(context, defined, schema, attributes, inputs(node, place), place);
    Op op = guarded(place, () -> schema.create(closed.attributes()));
    make(node, op, closed.inputs(), place);
  }

  private void constant(NodeProto node, Map<String, Object> attributes, String place) {
    Op op = new Leaf.Constant(ConstantReader.read(attributes, source, place));
    if (node.getInputCount() > 0) {
      throw source.refuse(
          "ONNX-011",
          place,
          "a Constant takes no inputs",
          "inputs: " + node.getInputCount(),
          "remove them");
    }
    make(node, op, List.of(), place);
  }

  /** An Identity that writing put in only to name an output. */
  private static boolean isOutputName(NodeProto node, String type) {
    Boolean flag = Properties.flag(node.getMetadataPropsList(), Properties.OUTPUT);
    return flag != null
        && flag
        && type.equals("Identity")
        && node.getInputCount() == 1
        && node.getOutputCount() == 1;
  }

  private OpSchema operator(
      NodeProto node, String domain, Map<String, Object> attributes, String place) {
    String type = node.getOpType();
    OpSchema schema = Catalog.find(domain, type);
    if (schema == null || !node.getOverload().isEmpty()) {
      throw source.refuse(
          "ONNX-004",
          place,
          "the operator " + Source.shown(type) + " is not supported",
          "domain: \"%s\"   operator: \"%s\"".formatted(Source.shown(domain), Source.shown(type)),
          "export the model with other operators");
    }
    Integer opset = imports.get(domain);
    if (opset == null) {
      throw source.refuse(
          "ONNX-003",
          place,
          "the model does not say which version of the operator's domain it means",
          "domain: \"%s\"".formatted(Source.shown(domain)),
          "a model imports the opset of every domain that it uses");
    }
    Opset.requireReadable(schema, opset, source, place);
    for (OpAttribute attribute : schema.attributes()) {
      if (attributes.containsKey(attribute.name()) && opset < attribute.since()) {
        throw source.refuse(
            "ONNX-009",
            place,
            "%s has no attribute %s at opset %d".formatted(type, attribute.name(), opset),
            "attribute: " + attribute.name(),
            "it exists from opset %d on".formatted(attribute.since()));
      }
    }
    return schema;
  }

  private List<@Nullable Value> inputs(NodeProto node, String place) {
    List<@Nullable Value> inputs = new ArrayList<>();
    for (ByteString name : node.getInputList().asByteStringList()) {
      inputs.add(name.isEmpty() ? null : defined.get(name, place));
    }
    return inputs;
  }

  private void make(NodeProto proto, Op op, List<@Nullable Value> inputs, String place) {
    List<String> results = new ArrayList<>();
    List<ByteString> written = proto.getOutputList().asByteStringList();
    written.forEach(name -> results.add(source.text(name, place)));
    while (!results.isEmpty() && results.get(results.size() - 1).isEmpty()) {
      results.remove(results.size() - 1);
    }
    Node.Names names = names(proto, results, place);
    int count = Math.max(1, results.size());
    Node node = guarded(place, () -> Node.of(op, inputs, count, names, source.at(place)));
    if (results.size() > node.outputs().size()) {
      throw source.refuse(
          "ONNX-011",
          place,
          "the operator has %d results, the node names %d"
              .formatted(node.outputs().size(), results.size()),
          "operator: " + Source.shown(proto.getOpType()),
          "the model is damaged, or its writer was wrong");
    }
    for (int i = 0; i < results.size(); i++) {
      if (!results.get(i).isEmpty()) {
        defined.put(defined.fresh(written.get(i), place), node.outputs().get(i));
      }
    }
  }

  private Node.Names names(NodeProto node, List<String> results, String place) {
    List<@Nullable String> outputs = new ArrayList<>();
    for (String name : results) {
      boolean given = !name.isEmpty() && !NamePool.isGenerated(name, node.getOpType());
      outputs.add(given ? name : null);
    }
    String name = source.text(node.getNameBytes(), place);
    String doc = source.doc(node.getDocStringBytes(), place);
    return new Node.Names(name.isEmpty() ? null : name, outputs, doc);
  }

  private interface Making<T> {
    T make();
  }

  /**
   * Makes something of what the file says. An operator's own refusal is a diagnostic; whatever else
   * it may throw at what nobody foresaw becomes one here.
   */
  private <T> T guarded(String place, Making<T> making) {
    Location at = source.at(place);
    try {
      return Location.within(at, making::make);
    } catch (DiagnosticException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Diagnostic(
              "ONNX-021",
              "the operator cannot be applied as the node says",
              at,
              "failure: " + Source.shown(e.toString()),
              "check the node's attributes and its inputs' types")
          .exception(e);
    }
  }
}
