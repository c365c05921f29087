package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where two graphs first differ.
 *
 * <p>Equal graphs have the same inputs (name, type and order), the same operators with the same
 * attributes wired the same way, and the same outputs (name and order). Parameters are compared by
 * name, data and whether they train, constants by their data: whether a constant is one value used
 * twice or two equal values makes no difference. Neither do locations, nor trailing results that
 * nothing uses. Bodies are compared in the same way, and what they capture by what it stands for.
 */
public final class GraphDifference {
  /** A value of the graphs around two bodies. */
  private record Outer(Class<?> kind, @Nullable Integer position, int index) {}

  private final Graph a;
  private final Graph b;
  private final boolean names;
  private final Map<Node, Integer> positions = new HashMap<>();
  private final Map<Leaf, Integer> leaves = new HashMap<>();

  private GraphDifference(Graph a, Graph b, boolean names) {
    this.a = a;
    this.b = b;
    this.names = names;
  }

  /** A sentence on the first difference; empty if the graphs compute the same in the same way. */
  public static Optional<String> between(Graph a, Graph b) {
    return Optional.ofNullable(new GraphDifference(a, b, false).find());
  }

  /**
   * Like {@link #between}, but the names of the graphs, of nodes and of used values, document
   * strings and metadata must be the same too. An output without a name of its own counts as named
   * after the graph's first output that it is.
   */
  public static Optional<String> withNames(Graph a, Graph b) {
    return Optional.ofNullable(new GraphDifference(a, b, true).find());
  }

  private @Nullable String find() {
    String difference = inputs();
    if (difference == null && !a.outputNames().equals(b.outputNames())) {
      difference = "outputs %s against %s".formatted(a.outputNames(), b.outputNames());
    }
    return difference == null ? inside(a.inputs().size()) : difference;
  }

  /** What the graphs compute from inputs that have been compared. */
  private @Nullable String inside(int formals) {
    String difference = nodes();
    if (difference == null) {
      difference = outputs();
    }
    return difference == null && names ? namesAndInfo(formals) : difference;
  }

  private @Nullable String inputs() {
    List<String> left = describe(a.inputTypes());
    List<String> right = describe(b.inputTypes());
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String x = i < left.size() ? left.get(i) : "missing";
      String y = i < right.size() ? right.get(i) : "missing";
      if (!x.equals(y)) {
        return "input %s: %s against %s".formatted(i, x, y);
      }
      positions.put(a.inputs().get(i).node(), i);
      positions.put(b.inputs().get(i).node(), i);
    }
    return null;
  }

  private static List<String> describe(Map<String, Type> types) {
    return types.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
  }

  /**
   * Both topological orders visit the computed nodes alike exactly as long as the graphs agree, so
   * that one pass in step compares them.
   */
  private @Nullable String nodes() {
    List<Node> left = number(a);
    List<Node> right = number(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      String difference = nodes(left.get(i), right.get(i));
      if (difference != null) {
        return "node %s: %s".formatted(i, difference);
      }
    }
    if (left.size() == right.size()) {
      return null;
    }
    List<Node> longer = left.size() > right.size() ? left : right;
    Node extra = longer.get(Math.min(left.size(), right.size()));
    return "%s nodes against %s: only one graph has %s"
        .formatted(left.size(), right.size(), describe(extra));
  }

  /** The computed nodes, each with its number in {@link #positions}; leaves get theirs too. */
  private List<Node> number(Graph graph) {
    List<Node> computed = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!node.isLeaf()) {
        positions.put(node, computed.size());
        computed.add(node);
      } else if (!(node.op() instanceof Leaf.Input)) {
        // One lookup for each leaf keeps comparing large data linear.
        Integer known = leaves.putIfAbsent((Leaf) node.op(), leaves.size());
        positions.put(node, known == null ? leaves.size() - 1 : known);
      }
    }
    return computed;
  }

  private @Nullable String nodes(Node x, Node y) {
    if (!sameOperator(x.op(), y.op())) {
      return x.op() + " against " + y.op();
    }
    int inputs = x.inputs().size() - x.captures();
    if (inputs != y.inputs().size() - y.captures()) {
      return "%s with %s inputs against %s"
          .formatted(describe(x), inputs, y.inputs().size() - y.captures());
    }
    for (int i = 0; i < inputs; i++) {
      if (!same(x.inputs().get(i), y.inputs().get(i))) {
        return "%s takes %s as %s against %s"
            .formatted(
                describe(x),
                describe(x.inputs().get(i)),
                OpSchema.of(x.op()).inputName(i),
                describe(y.inputs().get(i)));
      }
    }
    int results = Math.min(x.types().size(), y.types().size());
    boolean variadic = OpSchema.of(x.op()).outputs().stream().anyMatch(OpSchema.Slot::variadic);
    boolean sameTypes = x.types().subList(0, results).equals(y.types().subList(0, results));
    return sameTypes && (!variadic || x.types().size() == y.types().size())
        ? bodies(x, y)
        : "%s gives %s against %s".formatted(describe(x), x.types(), y.types());
  }

  /** Bodies are equal by identity alone, so they are left out here. */
  private static boolean sameOperator(Op x, Op y) {
    OpSchema schema = OpSchema.of(x);
    if (!schema.hasBodies() || !x.getClass().equals(y.getClass())) {
      return x.equals(y);
    }
    Map<String, Object> left = schema.attributesOf(x);
    Map<String, Object> right = schema.attributesOf(y);
    boolean sameNames = left.keySet().equals(right.keySet());
    left.values().removeIf(Body.class::isInstance);
    right.values().removeIf(Body.class::isInstance);
    return sameNames && left.equals(right);
  }

  private @Nullable String bodies(Node x, Node y) {
    List<Body> left = OpSchema.of(x.op()).bodiesOf(x.op());
    List<Body> right = OpSchema.of(y.op()).bodiesOf(y.op());
    for (int i = 0; i < left.size(); i++) {
      GraphDifference inner = new GraphDifference(left.get(i).graph(), right.get(i).graph(), names);
      String difference = inner.bodies(captured(x), captured(y));
      if (difference != null) {
        return "in body %s of %s: %s"
            .formatted(left.get(i).graph().name(), describe(x), difference);
      }
    }
    return null;
  }

  private List<Outer> captured(Node node) {
    List<Outer> captured = new ArrayList<>();
    for (int i = node.inputs().size() - node.captures(); i < node.inputs().size(); i++) {
      Value value = node.input(i);
      captured.add(new Outer(kind(value.op()), positions.get(value.node()), value.index()));
    }
    return captured;
  }

  /** The difference of two bodies that capture these values. */
  private @Nullable String bodies(List<Outer> left, List<Outer> right) {
    int formals = a.inputs().size() - left.size();
    if (formals != b.inputs().size() - right.size()) {
      return "%s inputs against %s".formatted(formals, b.inputs().size() - right.size());
    }
    for (int i = 0; i < formals; i++) {
      Value x = a.inputs().get(i);
      Value y = b.inputs().get(i);
      if (!x.type().equals(y.type())) {
        return "input %s: %s against %s".formatted(i, x, y);
      }
      positions.put(x.node(), i);
      positions.put(y.node(), i);
    }
    Map<Outer, Integer> known = new HashMap<>();
    place(a.inputs().subList(formals, a.inputs().size()), left, known, formals);
    place(b.inputs().subList(formals, b.inputs().size()), right, known, formals);
    return inside(formals);
  }

  /** Captures of one outer value are one value, in either graph. */
  private void place(
      List<Value> inputs, List<Outer> captured, Map<Outer, Integer> known, int formals) {
    for (int i = 0; i < inputs.size(); i++) {
      int next = formals + known.size();
      Integer position = known.putIfAbsent(captured.get(i), next);
      positions.put(inputs.get(i).node(), position == null ? next : position);
    }
  }

  /** Whether two values stand at the same place of what has been compared so far. */
  private boolean same(@Nullable Value x, @Nullable Value y) {
    if (x == null || y == null) {
      return x == y;
    }
    boolean sameKind =
        kind(x.op()) == kind(y.op())
            && Objects.equals(positions.get(x.node()), positions.get(y.node()));
    return sameKind && x.index() == y.index();
  }

  private static Class<?> kind(Op op) {
    return op instanceof Leaf ? op.getClass() : Op.class;
  }

  private @Nullable String outputs() {
    if (a.outputs().size() != b.outputs().size()) {
      return "%s outputs against %s".formatted(a.outputs().size(), b.outputs().size());
    }
    for (int i = 0; i < a.outputs().size(); i++) {
      Value x = a.outputs().get(i);
      Value y = b.outputs().get(i);
      if (!same(x, y)) {
        return "output %s is %s against %s"
            .formatted(a.outputNames().get(i), describe(x), describe(y));
      }
    }
    return null;
  }

  private static String describe(Node node) {
    String name = node.names().node();
    return OpSchema.of(node.op()).type() + (name == null ? "" : " " + name);
  }

  private static String describe(@Nullable Value value) {
    if (value == null) {
      return "nothing";
    }
    if (value.op() instanceof Leaf.Constant constant) {
      return "the constant " + constant.tensor();
    }
    if (value.op() instanceof Leaf.Parameter parameter) {
      return "the %s parameter %s: %s"
          .formatted(
              parameter.trainable() ? "trainable" : "frozen", parameter.name(), parameter.tensor());
    }
    return value.toString();
  }

  private @Nullable String namesAndInfo(int formals) {
    if (!a.name().equals(b.name())) {
      return "the graphs are called %s and %s".formatted(a.name(), b.name());
    }
    if (!a.outputNames().equals(b.outputNames())) {
      return "outputs %s against %s".formatted(a.outputNames(), b.outputNames());
    }
    if (!a.info().equals(b.info())) {
      return a.info() + " against " + b.info();
    }
    return new NameDifference(a, b).find(formals);
  }
}
