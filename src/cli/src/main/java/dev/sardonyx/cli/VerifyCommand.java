package dev.sardonyx.cli;

import dev.sardonyx.cli.product.ProductWorker;
import dev.sardonyx.cli.verify.Kind;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.cli.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds the product to cases that other systems made, and a user's models to their own. */
@Command(
    name = "verify",
    description = "Runs reference cases and compares the results with the expected ones.",
    footer = {
      "",
      "A case is a folder with",
      "  model.onnx and test_data_set_0/ or gradients_0/     (the ONNX standard's layout)",
      "  case.json and arrays.npz                            (losses, optimizers, training)",
      "  case.json and a model that Keras saved",
      "  any model, input_0.npy, ... and expected_0.npy, ... (your own)",
      "Folders are walked, and so are zip files.",
      "",
      "Exit status: 0 if no case failed, 1 if one did, 2 for wrong usage."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Folders and zip files with cases.")
  private List<Path> paths;

  @Option(
      names = "--only",
      paramLabel = "GLOB",
      description = "Only cases whose name matches; may be given several times.")
  private List<String> only = List.of();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      split = ",",
      description = "Only this of the cases: ${COMPLETION-CANDIDATES}. By default all.")
  private Set<Kind> kinds = EnumSet.allOf(Kind.class);

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the outcomes as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Cases that run at a time; by default one for every processor.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--provider", paramLabel = "cpu|cuda", description = "Where models run.")
  private String provider = "cpu";

  @Option(names = "--no-passes", description = "Run graphs as they are, without the passes.")
  private boolean noPasses;

  @Option(names = "--quiet", description = "Print failures and the count only.")
  private boolean quiet;

  @Option(names = "--ort-direct", description = "Hand ONNX files to ONNX Runtime untouched.")
  private boolean direct;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description = "Time for one case, 60 by default.")
  private int timeLimit = 60;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = new Settings(kinds, !noPasses, direct, provider.equals("cuda"));
    return new Verification(settings, jobs, Duration.ofSeconds(timeLimit), only, ProductWorker.class)
            .run(paths, out, quiet, json)
        ? 0
        : 1;
  }
}
