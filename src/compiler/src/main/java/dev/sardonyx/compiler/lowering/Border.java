package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Carriage;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Element types that the runtime does not take, in inputs and outputs or inside.
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

  /** The graph with tensors of uint8 for those of types that have to be carried as codes. */
  public Graph run(Graph graph) {
    Set<ElementType> carried = EnumSet.noneOf(ElementType.class);
    graph.inputs().forEach(v -> coded(v.type(), carried));
    graph.outputs().forEach(v -> coded(v.type(), carried));
    collect(graph, carried);
    if (carried.isEmpty()) {
      return graph;
    }
    Graph plain = Expansion.expand(graph, node -> !touches(node, carried) || isCarryable(node));
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
    List<Value> inputs = before.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).type().equals(after.inputs().get(i).type())) {
        String name = ((Leaf.Input) inputs.get(i).op()).name();
        metadata.put(Carriage.INPUT + name, inputs.get(i).type().toString());
      }
    }
    IntStream.range(0, before.outputs().size())
        .filter(i -> !before.outputs().get(i).type().equals(after.outputs().get(i).type()))
        .forEach(
            i ->
                metadata.put(
                    Carriage.OUTPUT + before.outputNames().get(i),
                    before.outputs().get(i).type().toString()));
    return after.withInfo(new Graph.Info(after.info().docString(), metadata));
  }
}
