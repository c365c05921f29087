package dev.sardonyx.cli;

import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.Compilation;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.OnnxLayer;
import dev.sardonyx.nn.layers.Weight;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.optimizers.Optimizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes what training a model needs as models. */
@Command(
    name = "train-step",
    description = "Writes the training of a model as models of standard operators.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Written are gradients.onnx, train_step.onnx, eval_step.onnx and checkpoint.safetensors with",
      "the weights. The graphs take the batch, the targets and the state, and give the loss and the",
      "new state: w goes in as w and comes out as w:new. Losses, optimizers and metrics have the",
      "names of Keras, with options behind a colon: adam:learning_rate=0.01,beta_1=0.8. What is a",
      "float32 parameter trains, except scalars and the statistics of batch normalizations."
    })
final class TrainStepCommand extends GradientWriter {
  private static final List<String> FILES =
      List.of("gradients.onnx", "train_step.onnx", "eval_step.onnx", "checkpoint.safetensors");

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      required = true,
      description = "What to make small; given once, or for each output in order.")
  private List<String> losses;

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      required = true,
      description = "What moves the weights: adam, sgd:momentum=0.9, …")
  private String optimizer;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = "What else to measure of the first output.")
  private List<String> metrics = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "The folder to write to.")
  private Path out;

  @Option(
      names = "--wrt",
      paramLabel = "GLOB",
      split = ",",
      description = "Train these weights alone; * stands for any characters.")
  private @Nullable List<String> wrt;

  @Option(
      names = "--freeze",
      paramLabel = "GLOB",
      split = ",",
      description = "Do not train these weights.")
  private @Nullable List<String> freeze;

  @Override
  public Integer call() {
    requireFree();
    Location.within(Location.in("command line", ""), this::write);
    return 0;
  }

  private void requireFree() {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw Refusal.exists(out, "the output is a file", "give the name of a folder");
    }
    for (String name : FILES) {
      if (Files.exists(out.resolve(name)) && !force) {
        throw Refusal.exists(
            out.resolve(name), "the output exists", "choose another folder, or add --force");
      }
    }
  }

  private @Nullable Void write() {
    OnnxLayer network = OnnxLayer.onnxLayer(in);
    choose(network);
    Compilation compilation =
        Compilation.of(
                Described.read(Optimizer.class, "--optimizer", optimizer),
                losses.stream()
                    .map(loss -> Described.read(Loss.class, "--loss", loss))
                    .toArray(Loss[]::new))
            .checkpointing(checkpointing())
            .straightThrough(straightThrough)
            .metrics(
                metrics.stream()
                    .map(metric -> Described.read(Metric.class, "--metric", metric))
                    .toArray(Metric[]::new));
    try (Model model = Model.of(network)) {
      List<Weight> weights = model.weights();
      long training = weights.stream().filter(Weight::isTrainable).count();
      if (training == 0) {
        throw Refusal.badOption(
            wrt != null ? "--wrt" : "--freeze",
            wrt != null ? wrt : freeze,
            "no weight is left to train of " + model.weightValues().keySet());
      }
      model.compile(compilation);
      model.exportTraining(out);
      List<String> lines = new ArrayList<>();
      FILES.forEach(name -> lines.add(out.resolve(name).toString()));
      lines.add("%s of %s weights train".formatted(training, weights.size()));
      print(lines);
    }
    return null;
  }

  private void choose(OnnxLayer network) {
    if (wrt != null) {
      network.freeze("*").unfreeze(wrt.toArray(String[]::new));
    }
    if (freeze != null) {
      network.freeze(freeze.toArray(String[]::new));
    }
  }
}
