package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the types that inference gave a graph to those that its values have in a run: element types
 * and ranks are the same, numbers are those numbers, and every symbol is one number throughout,
 * also inside of expressions.
 */
final class InferredTypes {
  private final Map<String, Long> symbols = new TreeMap<>();

  private InferredTypes() {}

  /** Throws a {@link Mismatch} where inference was wrong. */
  static void check(Graph graph, List<Datum> inputs, List<Datum> outputs) {
    InferredTypes types = new InferredTypes();
    for (int i = 0; i < inputs.size(); i++) {
      types.bind(graph.inputs().get(i).type(), inputs.get(i));
    }
    for (int i = 0; i < outputs.size(); i++) {
      types.bind(graph.outputs().get(i).type(), outputs.get(i));
    }
    for (int i = 0; i < inputs.size(); i++) {
      types.check(
          "input " + graph.inputs().get(i).name(), graph.inputs().get(i).type(), inputs.get(i));
    }
    for (int i = 0; i < outputs.size(); i++) {
      types.check(
          "output " + graph.outputNames().get(i), graph.outputs().get(i).type(), outputs.get(i));
    }
  }

  /** The symbols that stand alone. What is in a container may differ from element to element. */
  private void bind(Type type, Datum datum) {
    if (type instanceof TensorType tensor
        && datum instanceof Datum.Single single
        && hasRank(tensor.shape(), single.tensor())) {
      for (int axis = 0; tensor.shape().isRanked() && axis < tensor.shape().rank(); axis++) {
        String symbol = tensor.shape().dim(axis).symbolName();
        if (symbol != null) {
          symbols.putIfAbsent(symbol, single.tensor().dims()[axis]);
        }
      }
    }
  }

  private void check(String what, Type type, Datum datum) {
    if (type instanceof TensorType tensor && datum instanceof Datum.Single single) {
      if (!admits(tensor, single.tensor(), symbols)) {
        throw mismatch(what, type, single.tensor());
      }
    } else {
      checkInside(what, type, datum);
    }
  }

  private void checkInside(String what, Type type, Datum datum) {
    if (type instanceof TensorType tensor && datum instanceof Datum.Single single) {
      if (!admits(tensor, single.tensor(), Map.of())) {
        throw mismatch(what, type, single.tensor());
      }
    } else if (type instanceof Type.Sequence of && datum instanceof Datum.Sequence sequence) {
      sequence.elements().forEach(element -> checkInside(what, of.element(), element));
    } else if (type instanceof Type.Optional of && datum instanceof Datum.Optional optional) {
      if (optional.content() != null) {
        checkInside(what, of.element(), optional.content());
      }
    } else {
      throw new Mismatch("%s: inferred %s, the runtime has another kind".formatted(what, type));
    }
  }

  private Mismatch mismatch(String what, Type type, Tensor actual) {
    return new Mismatch(
        "%s: inferred %s, the runtime has %s%s"
            .formatted(what, type, actual.type(), symbols.isEmpty() ? "" : ", where " + symbols));
  }

  private static boolean hasRank(Shape shape, Tensor tensor) {
    return !shape.isRanked() || shape.rank() == tensor.shape().rank();
  }

  private static boolean admits(TensorType type, Tensor actual, Map<String, Long> symbols) {
    Shape shape = type.shape();
    if (type.element() != actual.element() || !hasRank(shape, actual)) {
      return false;
    }
    for (int axis = 0; shape.isRanked() && axis < shape.rank(); axis++) {
      if (!admits(shape.dim(axis), actual.dims()[axis], symbols)) {
        return false;
      }
    }
    return true;
  }

  /** An expression with a symbol that stands nowhere alone says nothing. */
  private static boolean admits(Dim dim, long actual, Map<String, Long> symbols) {
    try {
      Dim value =
          dim.substitute(
              name -> {
                Long extent = symbols.get(name);
                return extent == null ? null : Dim.of(extent);
              });
      return !value.isFixed() || value.value() == actual;
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
