package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Aggregation;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Optionals;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.SequenceEditing;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Carriage;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes containers apart that ONNX Runtime's Java API does not carry: sequences and optionals as
 * inputs, optionals and most sequences as outputs.
 *
 * <pre>
 *  graph(x: optional(float32[4]))   ->   graph(x.present: bool[], x.value: float32[4])
 *    …x…                                   v = If(x.present) Optional(x.value) else Optional()
 *                                          …v…
 * </pre>
 *
 * <p>A sequence comes as the elements of all its tensors in one and their shapes ({@link
 * Carriage#parts}), and a Loop puts it together.
 */
final class Containers {
  /** The elements of sequences that the Java API reads. */
  private static final Set<ElementType> READ =
      Set.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.INT64, ElementType.STRING);

  private final Graph graph;
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();

  private Containers(Graph graph) {
    this.graph = graph;
  }

  /** The graph with tensors for inputs, and tensors, sequences and maps for outputs. */
  static Graph takenApart(Graph graph) {
    boolean plain =
        graph.inputs().stream().allMatch(v -> v.type() instanceof TensorType)
            && graph.outputs().stream().noneMatch(v -> isInParts(v.type()));
    return plain ? graph : new Containers(graph).run();
  }

  private Graph run() {
    Map<Value, Value> built = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      if (input.type() instanceof TensorType) {
        inputs.add(input);
      } else if (Carriage.hasParts(input.type())) {
        built.put(input, build(((Leaf.Input) input.op()).name(), input.type()));
      } else {
        throw refuse(input);
      }
    }
    List<Value> values = Rewriting.substitute(graph.outputs(), built);
    for (int i = 0; i < values.size(); i++) {
      give(graph.outputNames().get(i), values.get(i));
    }
    return Graph.of(
            graph.name(), inputs, List.copyOf(outputs.values()), List.copyOf(outputs.keySet()))
        .withInfo(graph.info());
  }

  private Value build(String name, Type type) {
    if (type instanceof Type.Optional optional) {
      Value present = input(name + Carriage.PRESENT, TensorType.scalar(ElementType.BOOL));
      Value value = build(name + Carriage.VALUE, optional.element());
      return ControlFlow.branch(
              present,
              () -> List.of(Value.of(new Optionals.Optional(null), value)),
              () -> List.of(Value.of(new Optionals.Optional(optional.element()))))
          .get(0);
    }
    if (type instanceof Type.Sequence sequence) {
      Map<String, TensorType> parts = Carriage.parts(name, sequence);
      List<Value> given = new ArrayList<>();
      parts.forEach((part, partType) -> given.add(input(part, partType)));
      ElementType element = ((TensorType) sequence.element()).element();
      return sequence(given.get(0), given.get(1), given.get(2), element);
    }
    return input(name, type);
  }

  private Value input(String name, Type type) {
    Value input = Value.input(name, type);
    inputs.add(input);
    return input;
  }

  /** One turn for each tensor: its extents, and then as many elements as these say. */
  private static Value sequence(Value data, Value dims, Value ranks, ElementType element) {
    Value zero = Value.longs(0);
    Value empty = Value.of(new SequenceEditing.SequenceEmpty(element));
    return ControlFlow.loop(
            ranks.shapeOf().reshape(),
            null,
            List.of(empty, zero, zero),
            (i, state) -> {
              Value nextDim = state.get(1).add(ranks.gather(i, 0).reshape(1));
              Value shape = cut(dims, state.get(1), nextDim);
              Value size = Value.of(new Aggregation.ReduceProd(true, false), shape, zero);
              Value next = state.get(2).add(size);
              Value tensor =
                  Value.of(new Layout.Reshape(true), cut(data, state.get(2), next), shape);
              Value longer = Value.of(new SequenceEditing.SequenceInsert(), state.get(0), tensor);
              return ControlFlow.Turn.of(longer, nextDim, next);
            })
        .get(0);
  }

  private static Value cut(Value vector, Value start, Value end) {
    return Value.of(new Slicing.Slice(), vector, start, end, Value.longs(0));
  }

  /** Whether the Java API reads no results of this type. */
  private static boolean isInParts(Type type) {
    return type instanceof Type.Optional
        || type instanceof Type.Sequence sequence
            && sequence.element() instanceof TensorType element
            && !READ.contains(element.element());
  }

  private void give(String name, Value value) {
    if (!isInParts(value.type())) {
      outputs.put(name, value);
    } else if (value.type() instanceof Type.Optional optional) {
      giveOptional(name, value, optional);
    } else {
      giveSequence(name, value, (TensorType) ((Type.Sequence) value.type()).element());
    }
  }

  /** One turn for each tensor, which puts its elements and its extents behind the others'. */
  private void giveSequence(String name, Value sequence, TensorType element) {
    Value length = Value.of(new SequenceEditing.SequenceLength(), sequence);
    Value nothing = nothing(TensorType.of(element.element(), 0));
    List<Value> parts =
        ControlFlow.loop(
            length,
            null,
            List.of(nothing, Value.longs()),
            (i, state) -> {
              Value tensor = Value.of(new SequenceEditing.SequenceAt(), sequence, i);
              Value shape = tensor.shapeOf();
              return ControlFlow.Turn.of(
                      Value.concat(0, state.get(0), tensor.reshape(-1)),
                      Value.concat(0, state.get(1), shape))
                  .collect(shape.sizeOf());
            });
    outputs.put(name + Carriage.DATA, parts.get(0));
    outputs.put(name + Carriage.DIMS, parts.get(1));
    outputs.put(name + Carriage.RANKS, parts.get(2));
  }

  private void giveOptional(String name, Value value, Type.Optional optional) {
    Value present = Value.of(new Optionals.OptionalHasElement(), value);
    outputs.put(name + Carriage.PRESENT, present);
    Value content =
        ControlFlow.branch(
                present,
                () -> List.of(Value.of(new Optionals.OptionalGetElement(), value)),
                () -> List.of(nothing(optional.element())))
            .get(0);
    give(name + Carriage.VALUE, content);
  }

  /** Any value of a type. */
  private static Value nothing(Type type) {
    if (type instanceof Type.Sequence sequence && sequence.element() instanceof TensorType t) {
      return Value.of(new SequenceEditing.SequenceEmpty(t.element()));
    }
    TensorType tensor = (TensorType) type;
    long[] dims = new long[tensor.shape().isRanked() ? tensor.shape().rank() : 1];
    for (int i = 0; i < dims.length; i++) {
      boolean fixed = tensor.shape().isRanked() && tensor.shape().dim(i).isFixed();
      dims[i] = fixed ? tensor.shape().dim(i).value() : 0;
    }
    return Value.constant(
        tensor.element() == ElementType.STRING
            ? Tensor.ofStrings(Collections.nCopies(size(dims), "")).reshape(dims)
            : Tensor.zeros(tensor.element(), dims));
  }

  private static int size(long[] dims) {
    int size = 1;
    for (long dim : dims) {
      size = Math.multiplyExact(size, Math.toIntExact(dim));
    }
    return size;
  }

  private static DiagnosticException refuse(Value input) {
    return new Diagnostic(
            "GRAPH-022",
            "a %s cannot be given to a run".formatted(input.type()),
            input.node().at(),
            "input: " + input.name(),
            "give what is in it as tensors")
        .exception();
  }
}
