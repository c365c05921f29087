package dev.sardonyx.cli;

import dev.sardonyx.compiler.Checkpointing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that writes gradients of a model, and how they are to be computed. */
abstract class GradientWriter implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IN", description = "An ONNX file.")
  Path in;

  @Option(names = "--force", description = "Replace what is there.")
  boolean force;

  @Option(
      names = "--straight-through",
      description =
          "Let gradients pass what is quantized and dequantized, as if nothing had been rounded.")
  boolean straightThrough;

  @Option(
      names = "--recompute",
      paramLabel = "HOW",
      description =
          "Compute values of the model again where the gradient needs them, to save memory: auto,"
              + " a number of segments, or the names of values, with commas between them, that"
              + " segments end with. What crosses from one to the next is kept.")
  private @Nullable String recompute;

  final Checkpointing checkpointing() {
    return recompute == null ? Checkpointing.none() : Checkpointing.parse(recompute);
  }

  final void print(List<String> lines) {
    PrintWriter print = spec.commandLine().getOut();
    lines.forEach(print::println);
    print.flush();
  }
}
