package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.type.Carriage;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Types that the runtime does not take, as inputs and outputs or inside.
 *
 * <p>What the graph's inputs and outputs were is noted in its metadata ({@link Carriage}), so that
 * whoever runs the file can give and get values of those types.
 */
public final class Border {
  private final Predicate<Node> runs;

  /**
   * @param runs whether some opset that may be chosen has a kernel for a node
   */
  public Border(Predicate<Node> runs) {
    this.runs = runs;
  }

  /**
   * The graph with containers taken apart, and tensors of uint8 for those of types that have to be
   * carried as codes.
   */
  public Graph run(Graph graph) {
    Graph apart = Containers.takenApart(graph);
    Set<ElementType> carried = EnumSet.noneOf(ElementType.class);
    apart.inputs().forEach(v -> coded(v.type(), carried));
    apart.outputs().forEach(v -> coded(v.type(), carried));
    collect(apart, carried);
    if (carried.isEmpty()) {
      return noted(graph, apart);
    }
    Graph plain = Expansion.expand(apart, node -> !touches(node, carried) || isCarryable(node));
    return noted(graph, new Carriers(carried).run(plain));
  }

  private void collect(Graph graph, Set<ElementType> carried) {
    for (Node node : graph.nodes()) {
      Set<ElementType> coded = coded(node);
      if (!carried.containsAll(coded) && !runs.test(node)) {
        carried.addAll(coded);
      }
      OpSchema.of(node.op()).bodiesOf(node.op()).forEach(b -> collect(b.graph(), carried));
    }
  }

  private static boolean touches(Node node, Set<ElementType> carried) {
    return coded(node).stream().anyMatch(carried::contains);
  }

  private static Set<ElementType> coded(Node node) {
    Set<ElementType> found = EnumSet.noneOf(ElementType.class);
    if (!node.isLeaf()) {
      node.types().forEach(t -> coded(t, found));
      node.inputs().stream().filter(v -> v != null).forEach(v -> coded(v.type(), found));
    }
    return found;
  }

  private static void coded(Type type, Set<ElementType> found) {
    if (type instanceof TensorType tensor) {
      if (Codes.areFor(tensor.element())) {
        found.add(tensor.element());
      }
    } else if (type instanceof Type.Sequence sequence) {
      coded(sequence.element(), found);
    } else if (type instanceof Type.Optional optional) {
      coded(optional.element(), found);
    } else if (type instanceof Type.Map map) {
      coded(map.value(), found);
    }
  }

  private static boolean isCarryable(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    return schema.domain().isEmpty()
        && (Carriers.CASTS.contains(schema.type()) || Widths.movesElements(schema.type()));
  }

  /** The graph with notes of what its inputs and outputs were before. */
  private static Graph noted(Graph before, Graph after) {
    Map<String, String> metadata = new LinkedHashMap<>(after.info().metadata());
    Map<String, Type> inputs = after.inputTypes();
    before.inputTypes().forEach((name, type) -> note(Carriage.INPUT, name, type, inputs, metadata));
    Map<String, Type> outputs = outputTypes(after);
    outputTypes(before)
        .forEach((name, type) -> note(Carriage.OUTPUT, name, type, outputs, metadata));
    return metadata.equals(after.info().metadata())
        ? after
        : after.withInfo(new Graph.Info(after.info().docString(), metadata));
  }

  private static void note(
      String prefix, String name, Type type, Map<String, Type> now, Map<String, String> metadata) {
    Type other = now.get(name);
    boolean same = other != null && other.withoutShapes().equals(type.withoutShapes());
    // Of containers the runtime does not tell all.
    if (!same || !(type instanceof TensorType)) {
      metadata.put(prefix + name, type.toString());
    }
  }

  private static Map<String, Type> outputTypes(Graph graph) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      types.put(graph.outputNames().get(i), graph.outputs().get(i).type());
    }
    return types;
  }
}
