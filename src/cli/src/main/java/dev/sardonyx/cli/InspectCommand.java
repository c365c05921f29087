package dev.sardonyx.cli;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.onnx.ModelSummary;
import dev.sardonyx.onnx.OnnxFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a model. */
@Command(
    name = "inspect",
    description = "Says what is in a model: inputs, outputs, opsets, operators, parameters, sizes.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "An ONNX file, or one of Keras.")
  private Path file;

  @Option(
      names = "--nodes",
      description = "List the nodes too, with the types of their results; layers, of Keras.")
  private boolean nodes;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (KerasInput.isKeras(file)) {
      KerasInspection.print(file, nodes, out);
      return 0;
    }
    ModelSummary model = ModelSummary.read(file);
    out.println(file + "  " + Sizes.bytes(Files.size(file)));
    row(out, "graph", model.graph());
    row(out, "producer", model.producer().isEmpty() ? "unknown" : model.producer());
    row(out, "format", "IR version " + model.irVersion());
    row(out, "opsets", joined(model.opsets(), " "));
    model.inputs().forEach((name, type) -> row(out, "input", name + ": " + type));
    model.outputs().forEach((name, type) -> row(out, "output", name + ": " + type));
    row(
        out,
        "parameters",
        "%s in %s tensors, %s"
            .formatted(
                Sizes.count(model.elements()), model.parameters(), Sizes.bytes(model.bytes())));
    if (model.functions() > 0) {
      row(out, "functions", String.valueOf(model.functions()));
    }
    int count = model.operators().values().stream().mapToInt(Integer::intValue).sum();
    row(out, "operators", count + " of " + model.operators().size() + " kinds");
    model.operators().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(e -> out.println("  %8s  %s".formatted(e.getValue(), e.getKey())));
    if (nodes) {
      OnnxFile.read(file).nodes().stream()
          .filter(node -> !node.isLeaf())
          .forEach(node -> out.println(InspectCommand.line(node)));
    }
    out.flush();
    return 0;
  }

  static void row(PrintWriter out, String title, String text) {
    out.println("  %-11s %s".formatted(title, text));
  }

  private static String joined(Map<String, Long> map, String between) {
    return map.entrySet().stream()
        .map(e -> e.getKey() + between + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String line(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    String name = node.names().node();
    return "%s%s%s -> %s"
        .formatted(
            name == null ? "" : name + ": ",
            schema.domain().isEmpty() ? "" : schema.domain() + ".",
            node.op(),
            node.types());
  }
}
