package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Outcome;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.DataFile;
import dev.sardonyx.testkit.Differences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a model against central differences, at the inputs of its first set of data. In
 * float64, whatever the model's floats are, or in float32 where the standard does not define an
 * operator on float64 or ONNX Runtime has no kernel.
 */
final class DifferencesRunner {
  /** Of so many elements of each input the derivative is taken. */
  private static final int ELEMENTS = 32;

  private static final Set<String> FLOAT64_REFUSED = Set.of("TYPE-003", "GRAPH-020", "RT-002");

  /** Forms that have a gradient once axes, shapes or scales are known. */
  private static final Set<String> FORM_REFUSED = Set.of("GRAD-004", "GRAD-040");

  private static final Set<ElementType> FLOATS =
      Set.of(ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.FLOAT32, ElementType.FLOAT64);

  private static final Pattern FLOAT_WORDS = Pattern.compile("\\b(b?float16|float32|float64)\\b");

  private final Product product;

  DifferencesRunner(Product product) {
    this.product = product;
  }

  Outcome run(Graph graph, Path folder) throws IOException {
    List<Node> operators = graph.nodes().stream().filter(node -> !node.isLeaf()).toList();
    DataSet set = DataSet.of(folder, "test_data_set_").get(0);
    Unwrapped unwrapped =
        Unwrapped.of(
            graph, data(set, "input", graph.inputs()), data(set, "output", graph.outputs()));
    String nothing = nothing(unwrapped, operators);
    if (nothing != null) {
      return Outcome.nothing(nothing);
    }
    String operator = operators.size() == 1 ? "one operator" : operators.size() + " operators";
    Graph whole = unwrapped.graph();
    List<Tensor> point = List.copyOf(unwrapped.feeds().values());
    try {
      return Outcome.ok(operator + ", " + compared(whole, point));
    } catch (DiagnosticException e) {
      if (!FORM_REFUSED.contains(e.diagnostic().code()) || point.size() == 1) {
        throw e;
      }
    }
    Graph bound = bound(whole, point);
    return Outcome.ok(
        operator
            + ", all inputs but the first constant, "
            + compared(bound, point.subList(0, bound.inputs().size())));
  }

  /** The graph with all inputs but the first constant: axes, for instance, and scales. */
  private static Graph bound(Graph graph, List<Tensor> point) {
    Map<Value, Value> constants = new LinkedHashMap<>();
    for (int i = 1; i < point.size(); i++) {
      constants.put(graph.inputs().get(i), Value.constant(point.get(i)));
    }
    return Graph.of(
        graph.name(),
        graph.inputs().subList(0, 1),
        Rewriting.substitute(graph.outputs(), constants),
        graph.outputNames());
  }

  private String compared(Graph whole, List<Tensor> point) {
    Graph fine = in(ElementType.FLOAT64, whole);
    if (fine != null) {
      try {
        return compared(fine, point, ElementType.FLOAT64, Differences.FINE);
      } catch (Differences.Unsettled e) {
        // A kernel that rounds to float32 inside.
        return "wide, " + compared(fine, point, ElementType.FLOAT64, Differences.WIDE);
      } catch (DiagnosticException e) {
        if (!FLOAT64_REFUSED.contains(e.diagnostic().code())) {
          throw e;
        }
      }
    }
    Graph wide = in(ElementType.FLOAT32, whole);
    if (wide == null) {
      throw new Mismatch("the model has floats of 16 bits, which are too few for differences");
    }
    return compared(wide, point, ElementType.FLOAT32, Differences.WIDE);
  }

  /** The graph in other floats, or null where it makes its own of a certain type. */
  private static @Nullable Graph in(ElementType floats, Graph graph) {
    // Names like float32 are renamed too, all of them alike.
    String text = FLOAT_WORDS.matcher(GraphText.print(graph)).replaceAll(floats.toString());
    try {
      return GraphText.parse(text, "model.onnx");
    } catch (DiagnosticException e) {
      return null;
    }
  }

  private static List<Datum> data(DataSet set, String kind, List<Value> values) {
    return set.read(kind, values.stream().map(Value::type).toList()).stream()
        .map(DataFile::datum)
        .toList();
  }

  /** Why there is nothing to compare, or null. */
  private static @Nullable String nothing(Unwrapped unwrapped, List<Node> operators) {
    if (operators.size() == 1) {
      OpSchema schema = OpSchema.of(operators.get(0).op());
      if (schema.notDifferentiable() != null) {
        return "not differentiable: " + schema.notDifferentiable();
      }
    }
    Graph graph = unwrapped.graph();
    if (graph.inputs().stream().noneMatch(DifferencesRunner::isFloat)) {
      return "no input of floating-point numbers";
    }
    if (graph.outputs().stream().noneMatch(DifferencesRunner::isFloat)) {
      return "no output of floating-point numbers";
    }
    return RandomOutputs.of(graph, unwrapped.feeds()).isEmpty() ? null : "random by definition";
  }

  private static boolean isFloat(Value value) {
    return FLOATS.contains(value.element());
  }

  private String compared(
      Graph graph, List<Tensor> given, ElementType floats, Differences differences) {
    List<Tensor> point = new ArrayList<>();
    for (Tensor tensor : given) {
      point.add(
          FLOATS.contains(tensor.element())
              ? Tensor.from(floats, tensor.toDoubleArray(), tensor.dims())
              : tensor);
    }
    Differences.Found found = differences.with(product::train).atMost(ELEMENTS).check(graph, point);
    return "%s, %s derivatives%s%s"
        .formatted(
            floats, found.elements(), shown("kinks", found.kinks()), shown("jumps", found.jumps()));
  }

  private static String shown(String what, List<String> places) {
    return places.isEmpty() ? "" : ", %s %s: %s".formatted(places.size(), what, places.get(0));
  }
}
