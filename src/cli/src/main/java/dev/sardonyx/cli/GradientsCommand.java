package dev.sardonyx.cli;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.GraphGradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.compiler.Target;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.Evaluate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the gradient of a model as a model. */
@Command(
    name = "gradients",
    description = "Writes the gradient of a model as a model of standard operators.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The model written takes what IN takes, and for each floating-point output y its cotangent as",
      "an input cotangent(y); it returns gradient(x) for each x, the sum over the outputs of",
      "cotangent times derivative. Parameters stay parameters. The opset is that of IN, or a newer",
      "one where the gradient needs it."
    })
final class GradientsCommand extends GradientWriter {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "The file to write.")
  private Path out;

  @Option(
      names = "--wrt",
      paramLabel = "NAME",
      split = ",",
      description = "With respect to these; by default all parameters and floating-point inputs.")
  private @Nullable List<String> wrt;

  @Option(
      names = "--from",
      paramLabel = "OUTPUT",
      split = ",",
      description = "From these outputs alone; by default all that are floating-point.")
  private @Nullable List<String> from;

  @Option(names = "--forward", description = "Return the outputs of IN, too.")
  private boolean forward;

  @Override
  public Integer call() throws IOException {
    Destination.requireFree(in, out, force);
    Graph graph = OnnxFile.read(in);
    Graph gradients = Location.within(Location.in(in.toString(), ""), () -> of(graph));
    Graph tidy = Pipeline.training(g -> Evaluate.run(g, List.of())).run(gradients);
    Target.Prepared prepared = Target.opsetFrom(Destination.opset(in)).prepare(tidy);
    OnnxFile.write(prepared.graph(), out, Export.atOpset(prepared.opset()));
    List<String> lines = new ArrayList<>();
    lines.add("%s: opset %s".formatted(out, prepared.opset()));
    for (int i = 0; i < gradients.outputs().size(); i++) {
      lines.add(
          "  %s: %s".formatted(gradients.outputNames().get(i), gradients.outputs().get(i).type()));
    }
    print(lines);
    return 0;
  }

  private Graph of(Graph graph) {
    GraphGradients gradients = Gradients.of(graph).checkpointing(checkpointing());
    gradients = straightThrough ? gradients.straightThrough() : gradients;
    gradients = wrt == null ? gradients : gradients.wrt(wrt);
    gradients = from == null ? gradients : gradients.with(from.toArray(String[]::new));
    return gradients.forward(forward).graph();
  }
}
