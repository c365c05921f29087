package dev.sardonyx.cli;

import dev.sardonyx.compiler.Target;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.keras.Keras;
import dev.sardonyx.nn.Model;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.ExternalStorage;
import dev.sardonyx.onnx.OnnxFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model anew: at another opset, for a runtime, with weights beside it. */
@Command(
    name = "convert",
    description = "Writes a model anew: as ONNX, at another opset, for a runtime, or for Keras.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "IN is an ONNX file, or what Keras saved: .keras, .h5, or JSON with --weights; its content",
      "says which. OUT is an ONNX file, or Keras's if it ends in .keras or .h5.",
      "",
      "What an opset or a runtime lacks is said in operators that it has; what cannot be said in",
      "them is refused. Without options the model keeps its opset, or takes the nearest that can",
      "be written. Nothing is left behind by a conversion that fails."
    })
final class ConvertCommand implements Callable<Integer> {
  /** What can be asked for by {@code --target}. */
  private static final Map<String, Supplier<Target>> TARGETS =
      new TreeMap<>(Map.of("onnxruntime-1.29-cpu", Target::onnxRuntime129Cpu));

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "An ONNX file, or one of Keras.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  private Path out;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "The weights of an architecture in JSON: .weights.h5, .weights.json or .h5.")
  private @Nullable Path weights;

  @Option(names = "--opset", paramLabel = "N", description = "The opset to write, 13 to 28.")
  private @Nullable Integer opset;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      description = "The runtime to write for: onnxruntime-1.29-cpu.")
  private @Nullable String target;

  @Option(
      names = "--external-data",
      description = "Store weights of 1 KiB and more in a file beside the model.")
  private boolean external;

  @Option(names = "--force", description = "Replace OUT if it exists.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    Destination.requireFree(in, out, force);
    Location.within(Location.in(in.toString(), ""), this::convert);
    return 0;
  }

  private @Nullable Void convert() {
    if (KerasInput.isKeras(in)) {
      convertKeras();
    } else {
      if (weights != null) {
        throw Refusal.badOption("--weights", weights, "an ONNX file has its own weights");
      }
      if (KerasInput.isNamedForKeras(out)) {
        throw Refusal.noLayers(out);
      }
      write(OnnxFile.read(in), Destination.opset(in));
    }
    return null;
  }

  private void convertKeras() {
    try (Model model = KerasInput.load(in, weights)) {
      if (KerasInput.isNamedForKeras(out)) {
        if (opset != null || target != null || external) {
          throw Refusal.badOption("OUT", out, "options for ONNX go with an ONNX file");
        }
        Keras.save(model, out);
        print("%s: %s parameters".formatted(out, Sizes.count(model.countParams())));
        return;
      }
      write(KerasInput.graph(model), Export.DEFAULT.opset());
      for (String note : KerasInput.preprocessing(model)) {
        print(note);
      }
    }
  }

  private void print(String line) {
    PrintWriter print = spec.commandLine().getOut();
    print.println(line);
    print.flush();
  }

  private void write(Graph model, int usual) {
    Target.Prepared prepared = target(usual).prepare(model);
    Export export = Export.atOpset(prepared.opset());
    Graph graph = prepared.graph();
    OnnxFile.write(
        graph, out, external ? export.withExternalData(ExternalStorage.DEFAULT) : export);
    print("%s: opset %s".formatted(out, prepared.opset()));
  }

  private Target target(int usual) {
    if (target != null && opset != null) {
      throw Refusal.badOption(
          "--target", target, "a target chooses the opset: give --target or --opset");
    }
    if (target != null) {
      Supplier<Target> known = TARGETS.get(target.toLowerCase(Locale.ROOT));
      if (known == null) {
        throw Refusal.badOption("--target", target, "known are " + TARGETS.keySet());
      }
      return known.get();
    }
    if (opset != null && (opset < Destination.OLDEST || opset > Destination.NEWEST)) {
      throw Refusal.badOption(
          "--opset",
          opset,
          "models are written at %s to %s".formatted(Destination.OLDEST, Destination.NEWEST));
    }
    return opset != null ? Target.opset(opset) : Target.opsetFrom(usual);
  }
}
