package dev.sardonyx.cli.verify;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds the types that inference gave a graph to those that its values have in a run. */
final class InferredTypes {
  private final Map<String, Long> symbols = new HashMap<>();

  private InferredTypes() {}

  /**
   * Throws a {@link Mismatch} where an element type, a rank or an extent is another one, or where
   * one symbol would be two numbers.
   */
  static void check(Graph graph, List<Tensor> inputs, List<Tensor> outputs) {
    InferredTypes types = new InferredTypes();
    types.bind(graph.inputs(), inputs);
    for (int i = 0; i < outputs.size(); i++) {
      types.check(
          "output " + graph.outputNames().get(i),
          graph.outputs().get(i).tensorType(),
          outputs.get(i).type());
    }
  }

  private void bind(List<Value> values, List<Tensor> tensors) {
    for (int i = 0; i < tensors.size(); i++) {
      check("input " + values.get(i).name(), values.get(i).tensorType(), tensors.get(i).type());
    }
  }

  private void check(String what, TensorType inferred, TensorType actual) {
    Shape shape = inferred.shape();
    boolean same =
        inferred.element() == actual.element()
            && (!shape.isRanked() || shape.rank() == actual.shape().rank());
    for (int axis = 0; same && shape.isRanked() && axis < shape.rank(); axis++) {
      same = admits(shape.dim(axis), actual.shape().dim(axis).value());
    }
    if (!same) {
      throw new Mismatch(
          "%s: inferred %s, the runtime has %s; symbols %s"
              .formatted(what, inferred, actual, new java.util.TreeMap<>(symbols)));
    }
  }

  private boolean admits(Dim dim, long actual) {
    String symbol = dim.symbolName();
    if (symbol != null) {
      Long bound = symbols.putIfAbsent(symbol, actual);
      return bound == null || bound == actual;
    }
    return !dim.isFixed() || dim.value() == actual;
  }
}
