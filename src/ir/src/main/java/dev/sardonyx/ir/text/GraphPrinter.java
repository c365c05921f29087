package dev.sardonyx.ir.text;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one graph. */
final class GraphPrinter {
  private final Graph graph;
  private final int captures;
  private final boolean brief;
  private final String indent;
  private final Labels labels;
  private final Map<Node, Integer> uses = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  GraphPrinter(Graph graph, boolean brief) {
    this(graph, 0, brief, "");
  }

  /**
   * @param captures how many of the last inputs are captured values
   */
  private GraphPrinter(Graph graph, int captures, boolean brief, String indent) {
    this.graph = graph;
    this.captures = captures;
    this.brief = brief;
    this.indent = indent;
    this.labels = new Labels(graph);
  }

  String print() {
    countUses();
    int formals = graph.inputs().size() - captures;
    out.append("graph ").append(Words.name(graph.name()));
    out.append('(').append(inputs(graph.inputs().subList(0, formals)));
    if (captures > 0) {
      out.append("; ").append(inputs(graph.inputs().subList(formals, formals + captures)));
    }
    out.append(") {\n");
    printInfo();
    Set<String> parameters = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Parameter parameter) {
        if (parameters.add(parameter.name())) {
          line(parameter(node, parameter));
        }
      } else if (!(node.op() instanceof Leaf.Input) && !isInline(node)) {
        line(statement(node));
      }
    }
    List<String> results = new ArrayList<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      String name = Words.name(graph.outputNames().get(i));
      results.add(name + " = " + argument(graph.outputs().get(i)));
    }
    line("return " + String.join(", ", results));
    return out.append(indent).append("}\n").toString();
  }

  private void line(String text) {
    out.append(indent).append("  ").append(text).append('\n');
  }

  private String inputs(List<Value> inputs) {
    return inputs.stream().map(this::input).collect(Collectors.joining(", "));
  }

  private void countUses() {
    for (Node node : graph.nodes()) {
      for (Value input : node.inputs()) {
        if (input != null) {
          uses.merge(input.node(), 1, Integer::sum);
        }
      }
    }
    graph.outputs().forEach(v -> uses.merge(v.node(), 1, Integer::sum));
  }

  private String input(Value value) {
    return labels.of(value) + ": " + value.type() + doc(value.node());
  }

  private void printInfo() {
    if (graph.info().docString() != null) {
      line("doc " + Words.quote(graph.info().docString()));
    }
    graph
        .info()
        .metadata()
        .forEach((key, value) -> line("meta " + Words.quote(key) + " = " + Words.quote(value)));
  }

  private String parameter(Node node, Leaf.Parameter parameter) {
    return "%s %s: %s = %s%s"
        .formatted(
            parameter.trainable() ? "param" : "frozen",
            labels.of(node.output()),
            parameter.tensor().type(),
            TensorText.data(parameter.tensor(), brief),
            doc(node));
  }

  /** A constant that is used once and that nothing is said of stands where it is used. */
  private boolean isInline(Node node) {
    return node.op() instanceof Leaf.Constant constant
        && TensorText.isSmall(constant.tensor())
        && uses.getOrDefault(node, 0) == 1
        && node.output().name() == null
        && node.names().node() == null
        && node.names().docString() == null
        && node.names().metadata().isEmpty();
  }

  private String statement(Node node) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < node.outputs().size(); i++) {
      text.append(i == 0 ? "" : ", ").append(labels.declare(node, i));
    }
    text.append(" = ");
    if (node.op() instanceof Leaf.Constant constant) {
      text.append(TensorText.literal(constant.tensor(), brief));
    } else {
      text.append(application(node)).append(" : ");
      text.append(node.types().stream().map(Type::toString).collect(Collectors.joining(", ")));
    }
    if (node.names().node() != null) {
      text.append(" @").append(Words.name(node.names().node()));
    }
    text.append(doc(node));
    node.names()
        .metadata()
        .forEach(
            (key, value) ->
                text.append(" meta ")
                    .append(Words.quote(key))
                    .append(" = ")
                    .append(Words.quote(value)));
    return text.toString();
  }

  private static String doc(Node node) {
    String doc = node.names().docString();
    return doc == null ? "" : " doc " + Words.quote(doc);
  }

  private String application(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    String prefix = schema.domain().isEmpty() ? "" : schema.domain() + ".";
    String inputs = node.inputs().stream().map(this::argument).collect(Collectors.joining(", "));
    return prefix + schema.type() + attributes(schema, node.op()) + "(" + inputs + ")";
  }

  private String argument(@Nullable Value value) {
    if (value == null) {
      return "_";
    }
    if (value.op() instanceof Leaf.Parameter parameter) {
      return Words.name(parameter.name());
    }
    return value.op() instanceof Leaf.Constant constant && isInline(value.node())
        ? TensorText.literal(constant.tensor(), brief)
        : labels.of(value);
  }

  private String attributes(OpSchema schema, Op op) {
    Map<String, Object> values = schema.attributesOf(op);
    List<String> parts = new ArrayList<>();
    for (OpAttribute attribute : schema.attributes()) {
      Object value = values.get(attribute.name());
      if (value != null) {
        boolean isType = attribute.isElementType();
        parts.add(
            attribute.name()
                + "="
                + (isType ? ElementType.ofCode(((Long) value).intValue()) : attribute(value)));
      }
    }
    return parts.isEmpty() ? "" : "<" + String.join(", ", parts) + ">";
  }

  private String attribute(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(this::attribute).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Tensor tensor) {
      return tensor.type() + " " + TensorText.data(tensor, brief);
    }
    if (value instanceof String text) {
      return Words.name(text);
    }
    if (value instanceof Body body) {
      return new GraphPrinter(body.graph(), body.captures(), brief, indent + "  ").print().strip();
    }
    if (value instanceof Type type) {
      return "type " + type;
    }
    return value instanceof Float number ? Decimals.of(number) : value.toString();
  }
}
