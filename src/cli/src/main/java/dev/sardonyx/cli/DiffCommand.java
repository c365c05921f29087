package dev.sardonyx.cli;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.OnnxFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says where two models differ. */
@Command(
    name = "diff",
    description = "Compares two models: inputs, outputs, operators, parameters, wiring.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Names of nodes and of intermediate values make no difference, nor does the opset at which",
      "the same operator is written.",
      "Exit status: 0 if the models are the same, 1 if not, 2 for wrong usage."
    })
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "An ONNX file.")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private Path b;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Graph left = OnnxFile.read(a);
    Graph right = OnnxFile.read(b);
    Optional<String> first = GraphDifference.between(left, right);
    compare(out, "input", types(left.inputTypes()), types(right.inputTypes()));
    compare(out, "output", outputs(left), outputs(right));
    compare(out, "operator", operators(left), operators(right));
    compare(out, "parameter", parameters(left), parameters(right));
    contents(out, tensors(left), tensors(right));
    out.println(first.map(text -> "first difference: " + text).orElse("the models are the same"));
    out.flush();
    return first.isEmpty() ? 0 : Failures.FAILED;
  }

  private static void compare(
      PrintWriter out, String kind, Map<String, String> left, Map<String, String> right) {
    TreeSet<String> keys = new TreeSet<>(left.keySet());
    keys.addAll(right.keySet());
    for (String key : keys) {
      String x = left.get(key);
      String y = right.get(key);
      if (!Objects.equals(x, y)) {
        out.println(
            "%s %s: %s against %s"
                .formatted(kind, key, x == null ? "none" : x, y == null ? "none" : y));
      }
    }
  }

  private static Map<String, String> types(Map<String, ?> types) {
    Map<String, String> texts = new LinkedHashMap<>();
    types.forEach((name, type) -> texts.put(name, type.toString()));
    return texts;
  }

  private static Map<String, String> outputs(Graph graph) {
    Map<String, String> types = new LinkedHashMap<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      types.put(graph.outputNames().get(i), graph.outputs().get(i).type().toString());
    }
    return types;
  }

  private static Map<String, String> operators(Graph graph) {
    Map<String, Integer> counts = new TreeMap<>();
    graph.nodes().stream()
        .filter(node -> !node.isLeaf())
        .forEach(node -> counts.merge(OpSchema.of(node.op()).type(), 1, Integer::sum));
    return types(counts);
  }

  private static Map<String, String> parameters(Graph graph) {
    Map<String, String> types = new TreeMap<>();
    tensors(graph).forEach((name, tensor) -> types.put(name, tensor.type().toString()));
    return types;
  }

  private static Map<String, Tensor> tensors(Graph graph) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Value value : graph.parameters()) {
      Leaf.Parameter parameter = (Leaf.Parameter) value.op();
      tensors.put(parameter.name(), parameter.tensor());
    }
    return tensors;
  }

  private static void contents(
      PrintWriter out, Map<String, Tensor> left, Map<String, Tensor> right) {
    left.forEach(
        (name, x) -> {
          Tensor y = right.get(name);
          if (y != null && x.type().equals(y.type()) && !x.equals(y)) {
            out.println("parameter %s: %s".formatted(name, distance(x, y)));
          }
        });
  }

  private static String distance(Tensor x, Tensor y) {
    if (!x.element().isFloat()) {
      return "other values";
    }
    double greatest = 0;
    long count = 0;
    for (long i = 0; i < x.size(); i++) {
      double difference = Math.abs(x.getDouble(i) - y.getDouble(i));
      count += difference == 0 ? 0 : 1;
      greatest = Double.isNaN(difference) ? difference : Math.max(greatest, difference);
    }
    return String.format(
        Locale.ROOT, "%d of %d values differ, by at most %.3g", count, x.size(), greatest);
  }
}
