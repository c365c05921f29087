package dev.sardonyx.testkit;

import dev.sardonyx.ir.Expandable;
import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.OpCase.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from a row. Each check returns, or throws an {@link AssertionError}. */
public final class OpChecks {
  private OpChecks() {}

  /** A row as a graph: arguments that are not constants become inputs. */
  record Built(Graph graph, Node node, List<Value> inputs, List<Tensor> data) {}

  /** How shapes are given to the compiler. */
  public enum Shapes {
    FIXED,
    /** Every extent but 1 is a symbol, equal extents the same. */
    SYMBOLIC
  }

  static Built build(OpCase row, Shapes shapes, ElementType floats) {
    List<Value> inputs = new ArrayList<>();
    List<Tensor> data = new ArrayList<>();
    List<@Nullable Value> arguments = new ArrayList<>();
    for (Argument argument : row.draw()) {
      if (argument == null) {
        arguments.add(null);
        continue;
      }
      Tensor tensor = convert(argument.tensor(), floats);
      if (argument.constant()) {
        arguments.add(Value.constant(tensor));
      } else {
        Value input = Value.input("x" + inputs.size(), typeOf(tensor, shapes));
        inputs.add(input);
        data.add(tensor);
        arguments.add(input);
      }
    }
    Node node = row.apply(arguments);
    Graph graph = Graph.of("row", inputs, node.outputs());
    return new Built(graph, node, inputs, data);
  }

  /** The graph with the row's operator expanded, if that has no kernel. */
  static Graph runnable(OpCase row, Graph graph) {
    return row.hasKernel()
        ? graph
        : Expansion.expand(graph, node -> !OpSchema.of(node.op()).equals(OpSchema.of(row.op())));
  }

  private static Tensor convert(Tensor tensor, ElementType floats) {
    return tensor.element() == ElementType.FLOAT32 && floats != ElementType.FLOAT32
        ? Tensor.from(floats, tensor.toDoubleArray(), tensor.dims())
        : tensor;
  }

  private static TensorType typeOf(Tensor tensor, Shapes shapes) {
    if (shapes == Shapes.FIXED) {
      return tensor.type();
    }
    Dim[] dims =
        Arrays.stream(tensor.dims())
            .mapToObj(d -> d == 1 ? Dim.ONE : Dim.symbol("D" + d))
            .toArray(Dim[]::new);
    return new TensorType(tensor.element(), Shape.of(dims));
  }

  /** The inferred type of every result is that of what ONNX Runtime returns. */
  public static void types(OpCase row, Shapes shapes) {
    Built built = build(row, shapes, ElementType.FLOAT32);
    List<Tensor> results = Evaluate.run(runnable(row, built.graph()), built.data());
    for (int i = 0; i < results.size(); i++) {
      TensorType inferred = built.node().outputs().get(i).tensorType();
      TensorType actual = results.get(i).type();
      if (inferred.element() != actual.element() || !admits(inferred.shape(), actual.shape())) {
        throw new AssertionError(
            "result %d: inferred %s, ONNX Runtime returned %s".formatted(i, inferred, actual));
      }
    }
  }

  /** Symbols stand for the extents in their names, by {@link Shapes#SYMBOLIC}. */
  private static boolean admits(Shape inferred, Shape actual) {
    if (!inferred.isRanked()) {
      return true;
    }
    if (inferred.rank() != actual.rank()) {
      return false;
    }
    for (int i = 0; i < inferred.rank(); i++) {
      Dim known = Dim.parse(inferred.dim(i).toString().replaceAll("\\bD(\\d+)", "$1"));
      if (known.isFixed() && !known.equals(actual.dim(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether this row's application of its operator can be said in other operators. */
  public static boolean expands(OpCase row, Shapes shapes) {
    return Expansion.of(build(row, shapes, ElementType.FLOAT32).node()) != null;
  }

  /**
   * The expansion has the operator's types and computes what the operator computes, where ONNX
   * Runtime has it.
   */
  public static void expansion(OpCase row, Shapes shapes) {
    Built built = build(row, shapes, ElementType.FLOAT32);
    List<Value> expanded = Expansion.of(built.node());
    if (expanded == null) {
      throw new AssertionError("this row's operator has no expansion");
    }
    for (int i = 0; i < expanded.size(); i++) {
      TensorType own = built.node().outputs().get(i).tensorType();
      TensorType type = expanded.get(i).tensorType();
      boolean ranked = own.shape().isRanked() && type.shape().isRanked();
      boolean sameRank = !ranked || own.shape().rank() == type.shape().rank();
      if (own.element() != type.element() || !sameRank) {
        throw new AssertionError("result %d: expanded to %s, not %s".formatted(i, type, own));
      }
    }
    List<Tensor> results = Evaluate.run(Graph.of("row", built.inputs(), expanded), built.data());
    List<Tensor> known = row.expected();
    if (known.isEmpty() && row.hasKernel() && !row.isRandom()) {
      known = Evaluate.run(built.graph(), built.data());
    }
    for (int i = 0; i < known.size(); i++) {
      Tolerance.STANDARD.check("result " + i, known.get(i), results.get(i));
    }
  }

  /** Writing an ONNX file and reading it gives the same graph. */
  public static void onnx(OpCase row) {
    Graph graph = build(row, shapesOf(row), ElementType.FLOAT32).graph();
    Graph back = OnnxFile.read(OnnxFile.bytes(graph, Export.atOpset(Evaluate.opset(graph))), "row.onnx");
    same(GraphDifference.between(graph, back));
  }

  /** Printing and parsing gives the same graph. */
  public static void text(OpCase row) {
    Graph graph = build(row, shapesOf(row), ElementType.FLOAT32).graph();
    same(GraphDifference.withNames(graph, GraphText.parse(GraphText.print(graph), "row")));
  }

  private static Shapes shapesOf(OpCase row) {
    return row.runsWithSymbols() ? Shapes.SYMBOLIC : Shapes.FIXED;
  }

  private static void same(Optional<String> difference) {
    difference.ifPresent(
        d -> {
          throw new AssertionError(d);
        });
  }

  /** Whether a gradient flows through the row's operator. */
  public static boolean isDifferentiable(OpCase row) {
    return OpSchema.of(row.op()).notDifferentiable() == null;
  }

  /** Whether the row has a floating-point input that is no constant, to differentiate. */
  public static boolean hasFloats(OpCase row) {
    return row.draw().stream()
        .anyMatch(a -> a != null && !a.constant() && a.tensor().element().isFloat());
  }

  /** The gradient of every floating-point input is that of central differences. */
  public static void gradient(OpCase row, Shapes shapes) {
    new GradientCheck(row, shapes).run();
  }
}
