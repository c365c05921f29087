package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Contrib;
import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
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
  private final OperatorReader operators;

  NodeReader(Context context, Defined defined) {
    this.context = context;
    this.source = context.source();
    this.defined = defined;
    this.operators = new OperatorReader(source, context.imports());
  }

  void read(NodeProto node, int index) {
    String place =
        node.getName().isEmpty()
            ? "node " + index + " (" + Source.shown(node.getOpType()) + ")"
            : "node " + Source.shown(node.getName());
    read(node, place + context.around());
  }

  private void read(NodeProto node, String place) {
    String type = node.getOpType();
    String domain = node.getDomain().equals("ai.onnx") ? "" : node.getDomain();
    context.count(place);
    Functions.Function function = context.functions().find(node);
    if (function != null) {
      List<String> results = results(node, place);
      define(
          node,
          Calls.inline(context, function, node, inputs(node, place), results, place),
          results,
          place);
      return;
    }
    Map<String, Object> attributes = new AttributeReader(context, place).read(node);
    if (isOutputName(node, type)) {
      Value value = defined.get(node.getInputList().asByteStringList().get(0), place);
      defined.put(defined.fresh(node.getOutputList().asByteStringList().get(0), place), value);
      return;
    }
    OpSchema schema = Catalog.find(domain, type);
    List<@Nullable Value> own = inputs(node, place);
    Subgraphs.Result closed =
        schema == null
            ? Subgraphs.Result.of(attributes, own)
            : Subgraphs.read(context, defined, schema, attributes, own, place);
    List<String> results = results(node, place);
    Node.Names names = names(node, results, place);
    if (closed.results() != null) {
      define(node, closed.results(), results, place);
      return;
    }
    boolean constant = domain.isEmpty() && type.equals("Constant");
    List<Value> values =
        guarded(
            place,
            () ->
                constant
                    ? constant(attributes, own, names, place)
                    : operators.read(
                        node, domain, closed.attributes(), closed.inputs(), names, place));
    define(node, values, results, place);
  }

  /** An Identity that writing put in only to name an output. */
  private static boolean isOutputName(NodeProto node, String type) {
    return type.equals("Identity")
        && node.getInputCount() == 1
        && node.getOutputCount() == 1
        && Boolean.TRUE.equals(Properties.flag(node.getMetadataPropsList(), Properties.OUTPUT));
  }

  private List<Value> constant(
      Map<String, Object> attributes,
      List<@Nullable Value> inputs,
      Node.Names names,
      String place) {
    Op op = new Leaf.Constant(ConstantReader.read(attributes, source, place));
    if (!inputs.isEmpty()) {
      throw source.refuse(
          "ONNX-011",
          place,
          "a Constant takes no inputs",
          "inputs: " + inputs.size(),
          "remove them");
    }
    return Node.of(op, List.of(), Inference.ANY_NUMBER, names, source.at(place)).outputs();
  }

  private List<@Nullable Value> inputs(NodeProto node, String place) {
    List<@Nullable Value> inputs = new ArrayList<>();
    for (ByteString name : node.getInputList().asByteStringList()) {
      inputs.add(defined.input(name, place));
    }
    return inputs;
  }

  /** The names of the node's results, up to the last one that it names. */
  private List<String> results(NodeProto node, String place) {
    List<String> results = new ArrayList<>();
    for (ByteString name : node.getOutputList().asByteStringList()) {
      results.add(source.text(name, place));
    }
    // ONNX Runtime's own operators give as many as there are, named or not.
    boolean counted = node.getDomain().equals(Contrib.DOMAIN);
    while (!counted && !results.isEmpty() && results.get(results.size() - 1).isEmpty()) {
      results.remove(results.size() - 1);
    }
    return results;
  }

  private void define(NodeProto node, List<Value> values, List<String> results, String place) {
    if (results.size() > values.size()) {
      throw source.refuse(
          "ONNX-011",
          place,
          "the operator has %s results, the node names %s".formatted(values.size(), results.size()),
          "operator: " + Source.shown(node.getOpType()),
          "the model is damaged, or its writer was wrong");
    }
    for (int i = 0; i < results.size(); i++) {
      if (!results.get(i).isEmpty()) {
        defined.put(defined.fresh(results.get(i), place), values.get(i));
      }
    }
  }

  private Node.Names names(NodeProto node, List<String> results, String place) {
    List<@Nullable String> outputs = new ArrayList<>();
    for (String name : results) {
      boolean given = !name.isEmpty() && !NamePool.isGenerated(name, node.getOpType());
      outputs.add(given ? context.naming().of(name) : null);
    }
    String name = source.text(node.getNameBytes(), place);
    String doc = source.doc(node.getDocStringBytes(), place);
    return new Node.Names(
        name.isEmpty() ? null : context.naming().ofNode(name),
        outputs,
        doc,
        Properties.of(node.getMetadataPropsList(), source, place));
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
