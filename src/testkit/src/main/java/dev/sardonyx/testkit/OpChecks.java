package dev.sardonyx.testkit;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Indexing;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Optionals;
import dev.sardonyx.ir.Scattering;
import dev.sardonyx.ir.SequenceEditing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.onnx.Opset;
import dev.sardonyx.testkit.OpCase.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from a row. Each check returns, or throws an {@link AssertionError}. */
public final class OpChecks {
  /** Expansions round in other places than kernels do. */
  private static final Tolerance EXPANDED = new Tolerance(1e-4, 1e-5);

  private OpChecks() {}

  /** A row as a graph: arguments that are not constants become inputs. */
  record Built(Graph graph, Node node, List<Value> inputs, List<Tensor> data) {
    /** The graph whose results are tensors, whatever the operator's are. */
    Graph running(List<Value> outputs) {
      List<Value> results = tensors(outputs);
      List<String> names = new ArrayList<>();
      results.forEach(r -> names.add("result" + names.size()));
      return Graph.of("run", inputs, results, names);
    }
  }

  /** The values, with the length and the first and last element in place of a sequence. */
  static List<Value> tensors(List<Value> values) {
    List<Value> tensors = new ArrayList<>();
    for (Value value : values) {
      if (value.type() instanceof Type.Sequence) {
        tensors.add(Value.of(new SequenceEditing.SequenceLength(), value));
        for (long place : new long[] {0, -1}) {
          Value index = Value.constant(Tensor.scalar(place));
          tensors.add(Value.of(new SequenceEditing.SequenceAt(), value, index));
        }
      } else if (value.type() instanceof Type.Optional) {
        tensors.addAll(tensors(List.of(Value.of(new Optionals.OptionalGetElement(), value))));
      } else {
        tensors.add(value);
      }
    }
    return tensors;
  }

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
      if (argument.type() != null) {
        Value input = Value.input("x" + inputs.size(), argument.type());
        inputs.add(input);
        arguments.add(input);
        continue;
      }
      List<Value> values = new ArrayList<>();
      for (Tensor given : argument.tensors()) {
        Tensor tensor = convert(given, floats);
        if (argument.constant()) {
          values.add(Value.constant(tensor));
        } else {
          Value input = Value.input("x" + inputs.size(), typeOf(tensor, shapes));
          inputs.add(input);
          data.add(tensor);
          values.add(input);
        }
      }
      arguments.add(formed(argument.form(), values));
    }
    Node node = row.apply(arguments, floats);
    Graph graph = Graph.of("row", inputs, node.outputs());
    return new Built(graph, node, inputs, data);
  }

  private static Value formed(OpCase.Form form, List<Value> values) {
    return switch (form) {
      case TENSOR, ELSE -> values.get(0);
      case SEQUENCE ->
          Value.of(new SequenceEditing.SequenceConstruct(), values.toArray(Value[]::new));
      case OPTIONAL -> Value.of(new Optionals.Optional(null), values.get(0));
    };
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
    Graph graph = built.running(built.node().outputs());
    List<Tensor> results = Evaluate.run(graph, built.data());
    for (int i = 0; i < results.size(); i++) {
      TensorType inferred = graph.outputs().get(i).tensorType();
      TensorType actual = results.get(i).type();
      if (inferred.element() != actual.element() || !admits(inferred.shape(), actual.shape())) {
        throw new AssertionError(
            "result %s: inferred %s, ONNX Runtime returned %s".formatted(i, inferred, actual));
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

  /** Writing an ONNX file and reading it gives the same graph. */
  public static void onnx(OpCase row) {
    Built built = build(row, shapesOf(row), ElementType.FLOAT32);
    Graph graph = built.graph();
    int opset = Export.DEFAULT.opset();
    while (opset < Opset.NEWEST && !Opset.expressible(built.node(), opset)) {
      opset++;
    }
    Export export = Export.atOpset(opset);
    Graph back = OnnxFile.read(OnnxFile.bytes(graph, export), "row.onnx");
    same(GraphDifference.between(graph, back));
  }

  /** Printing and parsing gives the same graph. */
  public static void text(OpCase row) {
    Graph graph = build(row, shapesOf(row), ElementType.FLOAT32).graph();
    same(GraphDifference.withNames(graph, GraphText.parse(GraphText.print(graph), "row")));
  }

  /** Whether the row's operator has an expansion for such shapes. */
  public static boolean expands(OpCase row, Shapes shapes) {
    return Expansion.of(build(row, shapes, ElementType.FLOAT32).node()) != null;
  }

  /** The operator's expansion gives the types and the numbers that the operator itself does. */
  public static void expansion(OpCase row, Shapes shapes) {
    Built built = build(row, shapes, ElementType.FLOAT32);
    List<Value> expanded = Expansion.of(built.node());
    if (expanded == null) {
      return;
    }
    for (int i = 0; i < expanded.size(); i++) {
      String own = kind(built.node().types().get(i));
      if (!kind(expanded.get(i).type()).equals(own)) {
        throw new AssertionError(
            "result %s expands to %s, not %s".formatted(i, expanded.get(i), own));
      }
    }
    List<Tensor> results =
        row.expected().isEmpty()
            ? Evaluate.run(built.running(built.node().outputs()), built.data())
            : row.expected();
    List<Tensor> others = Evaluate.run(built.running(expanded), built.data());
    for (int i = 0; i < results.size(); i++) {
      EXPANDED.check("result " + i, results.get(i), others.get(i));
    }
  }

  /** Whether the row has to be said otherwise at the oldest opset, and can be. */
  public static boolean restates(OpCase row) {
    Built built = build(row, shapesOf(row), ElementType.FLOAT32);
    return !Opset.expressible(built.node(), Opset.OLDEST_WRITTEN) && oldest(built) != null;
  }

  private static @Nullable Graph oldest(Built built) {
    Graph graph = built.running(built.node().outputs());
    try {
      byte[] bytes = OnnxFile.bytes(graph, Export.atOpset(Opset.OLDEST_WRITTEN));
      return OnnxFile.read(bytes, "row.onnx");
    } catch (DiagnosticException e) {
      return null;
    }
  }

  /** A file of the oldest opset gives the numbers that the operator itself does. */
  public static void restatement(OpCase row) {
    Built built = build(row, shapesOf(row), ElementType.FLOAT32);
    List<Tensor> results =
        row.expected().isEmpty()
            ? Evaluate.run(built.running(built.node().outputs()), built.data())
            : row.expected();
    List<Tensor> others = Evaluate.run(Objects.requireNonNull(oldest(built)), built.data());
    for (int i = 0; i < results.size(); i++) {
      EXPANDED.check("result " + i, results.get(i), others.get(i));
    }
  }

  /** A type without its shape. */
  private static String kind(Type type) {
    return type.toString().replaceAll("\\[.*?]", "");
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
        .anyMatch(
            a ->
                a != null
                    && !a.constant()
                    && a.type() == null
                    && a.tensors().get(0).element().isFloat());
  }

  /** Whether some argument of the row has fewer elements than another. */
  static boolean broadcasts(OpCase row) {
    return row.draw().stream()
            .filter(a -> a != null && a.type() == null)
            .mapToLong(a -> a.tensor().size())
            .distinct()
            .count()
        > 1;
  }

  /** The gradient of every floating-point input is that of central differences. */
  public static void gradient(OpCase row, Shapes shapes) {
    new GradientCheck(row, shapes).run();
  }

  /** The gradient has no ScatterND that adds, but for those of the row itself. */
  public static void determinism(OpCase row, Shapes shapes) {
    Built built = build(row, shapes, ElementType.FLOAT32);
    Graph graph = built.running(built.node().outputs());
    long own = additions(graph);
    long all = additions(Differences.gradient(graph));
    if (all > own) {
      throw new AssertionError("%s ScatterND that add".formatted(all - own));
    }
  }

  private static long additions(Graph graph) {
    long count = 0;
    for (Node node : graph.nodes()) {
      boolean adds = node.op().equals(new Scattering.ScatterND(Indexing.ScatterReduction.ADD));
      count += adds ? 1 : 0;
      for (Body body : OpSchema.of(node.op()).bodiesOf(node.op())) {
        count += additions(body.graph());
      }
    }
    return count;
  }
}
