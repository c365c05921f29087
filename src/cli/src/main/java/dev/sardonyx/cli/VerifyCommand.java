package dev.sardonyx.cli;

import dev.sardonyx.cli.product.ProductWorker;
import dev.sardonyx.cli.verify.Kind;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.cli.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
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
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A case is a folder with one of",
      "  model.onnx beside test_data_set_0/ or gradients_0/   the standard's layout",
      "  case.json beside arrays.npz                          losses, training, ...",
      "  case.json beside a model that Keras saved",
      "  any model beside input_0.npy, expected_0.npy, ...    your own",
      "Folders are walked, and so are zip files.",
      "",
      "Exit status: 0 if no case failed, 1 if one did, 2 for wrong usage."
    })
final class VerifyCommand implements Callable<Integer> {
  private enum Provider {
    CPU,
    CUDA
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Folders and zip files with cases.")
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
      description =
          "Only this of the cases: ${COMPLETION-CANDIDATES}. By default all but differences.")
  private Set<Kind> kinds = Kind.usual();

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the outcomes as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Cases that run at a time; by default one for every processor.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--provider",
      paramLabel = "cpu|cuda",
      description = "Where models run; cpu by default.")
  private Provider provider = Provider.CPU;

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
    requireSense();
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = new Settings(kinds, !noPasses, direct, provider == Provider.CUDA);
    return new Verification(
                settings, jobs, Duration.ofSeconds(timeLimit), only, ProductWorker.class)
            .run(paths, out, quiet, json)
        ? 0
        : Failures.FAILED;
  }

  private void requireSense() {
    if (jobs < 1) {
      throw Refusal.badOption("--jobs", jobs, "at least one case runs at a time");
    }
    if (timeLimit < 1) {
      throw Refusal.badOption("--time-limit", timeLimit, "a case has at least a second");
    }
    for (String glob : only) {
      try {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
      } catch (PatternSyntaxException e) {
        throw Refusal.badOption(
            "--only", glob, "a glob is like test_conv_*: " + e.getDescription());
      }
    }
  }
}
