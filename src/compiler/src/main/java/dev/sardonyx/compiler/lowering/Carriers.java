package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Naming;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.SmallFloat.Rounding;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries elements of at most eight bits as their codes, in tensors of uint8.
 *
 * <pre>
 *  Cast&lt;float32&gt;(Transpose(x: int4))   ->   {@link Decoding decode}(Transpose(x: uint8))
 * </pre>
 *
 * <p>The graph's inputs and outputs of such types become uint8 as well. Operators that only move
 * elements stay; casts become arithmetic and lookups.
 */
final class Carriers {
  /** Operators that become arithmetic. */
  static final Set<String> CASTS = Set.of("Cast", "BitCast");

  private final Set<ElementType> carried;

  Carriers(Set<ElementType> carried) {
    this.carried = Set.copyOf(carried);
  }

  Graph run(Graph graph) {
    List<Value> inputs = new ArrayList<>();
    Map<Node, Value> replaced = new HashMap<>();
    for (Value input : graph.inputs()) {
      Type type = carrier(input.type());
      Value value =
          type.equals(input.type())
              ? input
              : Node.of(
                      new Leaf.Input(((Leaf.Input) input.op()).name(), type),
                      List.of(),
                      1,
                      input.node().names(),
                      input.node().at())
                  .output();
      inputs.add(value);
      replaced.put(input.node(), value);
    }
    List<Value> outputs =
        new Rewriting(
                (node, in) -> {
                  Value input = replaced.get(node);
                  return input != null ? List.of(input) : carry(node, in);
                })
            .apply(graph.outputs());
    return inputs.equals(graph.inputs()) && outputs.equals(graph.outputs())
        ? graph
        : Graph.of(graph.name(), inputs, outputs, graph.outputNames()).withInfo(graph.info());
  }

  private @Nullable List<Value> carry(Node node, List<@Nullable Value> inputs) {
    if (node.op() instanceof Leaf.Constant constant && isCarried(constant.tensor())) {
      return List.of(Value.constant(Codes.of(constant.tensor())));
    }
    if (node.op() instanceof Leaf.Parameter p && isCarried(p.tensor())) {
      return List.of(Value.parameter(p.name(), Codes.of(p.tensor()), false));
    }
    if (OpSchema.of(node.op()).hasBodies()) {
      return moved(node, inputs).outputs();
    }
    boolean touched =
        node.inputs().stream().anyMatch(v -> v != null && isCarried(v.type()))
            || node.types().stream().anyMatch(this::isCarried);
    if (!touched) {
      return null;
    }
    return Naming.like(node, Location.within(node.at(), () -> carryTouched(node, inputs)));
  }

  private List<Value> carryTouched(Node node, List<@Nullable Value> inputs) {
    OpSchema schema = OpSchema.of(node.op());
    if (schema.domain().isEmpty()) {
      if (schema.type().equals("Cast")) {
        return List.of(cast(node, inputs.get(0)));
      }
      if (schema.type().equals("BitCast")) {
        return List.of(bitCast(node, inputs.get(0)));
      }
      if (Widths.movesElements(schema.type())) {
        return moved(node, inputs).outputs();
      }
    }
    throw refuse(node);
  }

  private Value cast(Node node, Value x) {
    ElementType from = node.input(0).element();
    ElementType to = node.output().element();
    Map<String, Object> attributes = OpSchema.of(node.op()).attributesOf(node.op());
    boolean saturate = !Long.valueOf(0).equals(attributes.get("saturate"));
    Object mode = attributes.getOrDefault("round_mode", "up");
    Rounding rounding = Rounding.valueOf(mode.toString().toUpperCase(Locale.ROOT));
    if (from == to) {
      return x;
    }
    Value numbers =
        carried.contains(from)
            ? Decoding.decode(x, from, carried.contains(to) ? ElementType.FLOAT32 : to)
            : x;
    return carried.contains(to) ? Encoding.encode(numbers, to, saturate, rounding) : numbers;
  }

  /** Codes of one width are each other's; only the type int8 is not carried as its code. */
  private Value bitCast(Node node, Value x) {
    ElementType to = node.output().element();
    Value codes = x.element() == ElementType.UINT8 ? x : x.cast(ElementType.UINT8);
    return carried.contains(to) ? codes : codes.cast(to);
  }

  /** The same operator on codes. */
  private Node moved(Node node, List<@Nullable Value> inputs) {
    OpSchema schema = OpSchema.of(node.op());
    Map<String, Object> before = schema.attributesOf(node.op());
    Map<String, Object> after = new HashMap<>(before);
    after.replaceAll((name, value) -> attribute(value));
    Op op = after.equals(before) ? node.op() : schema.create(after);
    boolean same = op == node.op() && inputs.equals(node.inputs());
    return same ? node : Node.of(op, inputs, node.types().size(), node.names(), node.at());
  }

  private Object attribute(Object value) {
    if (value instanceof Body body) {
      return body.map(this::run);
    }
    if (value instanceof Tensor tensor && isCarried(tensor)) {
      return Codes.of(tensor);
    }
    return value instanceof Type type ? carrier(type) : value;
  }

  private boolean isCarried(Tensor tensor) {
    return carried.contains(tensor.element());
  }

  private boolean isCarried(Type type) {
    return !carrier(type).equals(type);
  }

  /** The type that carries values of a type. */
  private Type carrier(Type type) {
    if (type instanceof TensorType tensor) {
      return carried.contains(tensor.element()) ? tensor.with(ElementType.UINT8) : tensor;
    }
    if (type instanceof Type.Sequence sequence) {
      return new Type.Sequence(carrier(sequence.element()));
    }
    if (type instanceof Type.Optional optional) {
      return new Type.Optional(carrier(optional.element()));
    }
    Type.Map map = (Type.Map) type;
    return new Type.Map(map.key(), carrier(map.value()));
  }

  private static DiagnosticException refuse(Node node) {
    return new Diagnostic(
            "GRAPH-020",
            OpSchema.of(node.op()).type() + " does not run on numbers of 8 bits or less",
            node.at(),
            "%s on %s".formatted(node.op(), node.inputs()),
            "it has no kernel on these types, and the operator cannot be said in others; cast its"
                + " inputs or use other operators")
        .exception();
  }
}
