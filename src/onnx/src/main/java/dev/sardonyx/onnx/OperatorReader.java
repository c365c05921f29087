package dev.sardonyx.onnx;

import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Standard;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.proto.NodeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the values of one node, in the canonical form whatever the model's opset is. */
final class OperatorReader {
  /** The inputs that say what an operator does, and are numbers of floating point. */
  private static final Map<String, List<Integer>> SETTINGS =
      Map.of(
          "Dropout", List.of(1),
          "MelWeightMatrix", List.of(3, 4),
          "NonMaxSuppression", List.of(3, 4),
          "OneHot", List.of(1),
          "Range", List.of(0, 1, 2),
          "Resize", List.of(1, 2),
          "Split", List.of(1),
          "Tile", List.of(1, 2),
          "Upsample", List.of(1));

  private final Source source;
  private final Map<String, Integer> imports;

  OperatorReader(Source source, Map<String, Integer> imports) {
    this.source = source;
    this.imports = imports;
  }

  /**
   * @param domain empty for the standard's own
   * @param names of the node and of its results; unnamed results that nobody uses are not among
   *     them
   */
  List<Value> read(
      NodeProto proto,
      String domain,
      Map<String, Object> attributes,
      List<? extends @Nullable Value> inputs,
      Node.Names names,
      String place) {
    String type = proto.getOpType();
    requireKnown(proto, domain, place);
    int opset = opset(domain, place);
    requireForm(domain, type, opset, attributes, place);
    List<@Nullable Value> values = settled(domain, type, inputs);
    OldNode old = new OldNode(source, place, type, attributes, values, names.outputs().size());
    Upgrades.apply(old, domain, opset);
    if (old.isReplaced()) {
      return named(old, old.finish(List.of()), names);
    }
    return named(old, old.finish(made(old, domain, names, place)), names);
  }

  /** Floats among the initializers are weights, unless an operator is set up by them. */
  private static List<@Nullable Value> settled(
      String domain, String type, List<? extends @Nullable Value> inputs) {
    List<@Nullable Value> values = new ArrayList<>(inputs);
    List<Integer> settings = SETTINGS.getOrDefault(type, List.of());
    if (!domain.isEmpty() || settings.isEmpty()) {
      return values;
    }
    for (int i : settings) {
      Value value = i < values.size() ? values.get(i) : null;
      if (value != null && value.op() instanceof Leaf.Parameter parameter) {
        values.set(i, Value.constant(parameter.tensor()).named(parameter.name()));
      }
    }
    if (type.equals("Range")) {
      values.replaceAll(OperatorReader::scalar);
    }
    return values;
  }

  /**
   * Exporters count by vectors of one element, which runtimes take as long as they see no shape.
   */
  private static @Nullable Value scalar(@Nullable Value value) {
    boolean vector =
        value != null
            && value.type() instanceof TensorType t
            && t.shape().isRanked()
            && t.shape().rank() == 1;
    return vector ? value.reshape() : value;
  }

  private List<Value> made(OldNode old, String domain, Node.Names names, String place) {
    OpSchema schema = Catalog.find(domain, old.type());
    if (schema == null) {
      throw unsupported(domain, old.type(), place);
    }
    Node.Names kept = old.hasOtherResults() ? names.withOutputs(own(old, names)) : names;
    return Node.of(
            schema.create(old.attributes()), old.inputs(), old.asked(), kept, source.at(place))
        .outputs();
  }

  /** The names of the results that are the operator's own. */
  private static List<@Nullable String> own(OldNode old, Node.Names names) {
    List<@Nullable String> own = new ArrayList<>();
    for (int i = 0; i < names.outputs().size(); i++) {
      own.add(old.isOwn(i) ? names.outputs().get(i) : null);
    }
    return own;
  }

  /** The results that are not the operator's own get their names, unless they have some. */
  private static List<Value> named(OldNode old, List<Value> values, Node.Names names) {
    if (!old.hasOtherResults()) {
      return values;
    }
    Map<Node, List<@Nullable String>> given = new HashMap<>();
    for (int i = 0; i < Math.min(values.size(), names.outputs().size()); i++) {
      Value value = values.get(i);
      if (!old.isOwn(i) && value.name() == null && !value.node().isLeaf()) {
        given
            .computeIfAbsent(value.node(), n -> new ArrayList<>(all(n, null)))
            .set(value.index(), names.outputs().get(i));
      }
    }
    Map<Node, Node> renamed = new HashMap<>();
    given.forEach((n, own) -> renamed.put(n, n.withNames(new Node.Names(null, own, null))));
    return values.stream()
        .map(v -> renamed.getOrDefault(v.node(), v.node()).outputs().get(v.index()))
        .toList();
  }

  private static List<@Nullable String> all(Node node, @Nullable String name) {
    return Collections.nCopies(node.outputs().size(), name);
  }

  private void requireKnown(NodeProto proto, String domain, String place) {
    String type = proto.getOpType();
    boolean known = Catalog.find(domain, type) != null || !Upgrades.of(domain, type).isEmpty();
    if (!known || !proto.getOverload().isEmpty()) {
      throw unsupported(domain, type, place);
    }
  }

  private DiagnosticException unsupported(String domain, String type, String place) {
    return source.refuse(
        "ONNX-004",
        place,
        "the operator " + Source.shown(type) + " is not supported",
        "domain: \"%s\"   operator: \"%s\"".formatted(Source.shown(domain), Source.shown(type)),
        "export the model with other operators");
  }

  private int opset(String domain, String place) {
    Integer opset = imports.get(domain);
    if (opset == null) {
      throw source.refuse(
          "ONNX-003",
          place,
          "the model does not say which version of the operator's domain it means",
          "domain: \"%s\"".formatted(Source.shown(domain)),
          "a model imports the opset of every domain that it uses");
    }
    return opset;
  }

  /** The operator must exist at the opset, with these attributes. */
  private void requireForm(
      String domain, String type, int opset, Map<String, Object> attributes, String place) {
    List<Standard.Schema> versions = Standard.versions(domain, type);
    if (versions.isEmpty()) {
      return;
    }
    Standard.Schema form = Standard.find(domain, type, opset);
    boolean gone = form == versions.get(versions.size() - 1) && form.deprecated();
    if (form == null || gone) {
      throw source.refuse(
          "ONNX-005",
          place,
          form == null
              ? "%s does not exist at opset %s".formatted(type, opset)
              : "%s no longer exists at opset %s".formatted(type, opset),
          form == null
              ? "it exists from opset %s on".formatted(versions.get(0).since())
              : "it was removed at opset %s".formatted(form.since()),
          "export the model again: its writer was wrong");
    }
    for (String name : attributes.keySet()) {
      if (form.attribute(name) == null) {
        throw source.refuse(
            "ONNX-009",
            place,
            "%s has no attribute %s at opset %s".formatted(type, Source.shown(name), opset),
            "attribute: " + Source.shown(name),
            "its attributes are "
                + form.attributes().stream().map(Standard.Attribute::name).toList());
      }
    }
  }
}
