package dev.sardonyx.cli;

import dev.sardonyx.keras.Keras;
import dev.sardonyx.keras.KerasFile;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Weight;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Says what is in a file of Keras. */
final class KerasInspection {
  private KerasInspection() {}

  static void print(Path file, boolean layers, PrintWriter out) throws IOException {
    String size = Files.isDirectory(file) ? "a folder" : Sizes.bytes(Files.size(file));
    out.println(file + "  " + size);
    try (KerasFile opened = KerasFile.open(file)) {
      InspectCommand.row(out, "format", opened.format().toString());
      InspectCommand.row(out, "keras", opened.kerasVersion());
      boolean compiled = opened.trainingConfig() != null;
      InspectCommand.row(out, "compiled", compiled ? "yes" : "no");
    }
    try (Model model = Keras.load(file)) {
      print(model, layers, out);
    }
    out.flush();
  }

  private static void print(Model model, boolean layers, PrintWriter out) {
    InspectCommand.row(out, "model", String.valueOf(model.name()));
    for (int i = 0; i < model.inputs().size(); i++) {
      InspectCommand.row(
          out, "input", model.inputNames().get(i) + ": " + model.inputs().get(i).type());
    }
    for (int i = 0; i < model.outputs().size(); i++) {
      InspectCommand.row(
          out, "output", model.outputNames().get(i) + ": " + model.outputs().get(i).type());
    }
    long trainable =
        model.weights().stream().filter(Weight::isTrainable).mapToLong(Weight::size).sum();
    InspectCommand.row(
        out,
        "parameters",
        "%s in %s tensors, %s of them trainable"
            .formatted(
                Sizes.count(model.countParams()), model.weights().size(), Sizes.count(trainable)));
    Map<String, Integer> kinds = new TreeMap<>();
    for (Layer layer : model.layers().values()) {
      kinds.merge(layer.className(), 1, Integer::sum);
    }
    InspectCommand.row(out, "layers", model.layers().size() + " of " + kinds.size() + " kinds");
    kinds.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(kind -> out.println("  %8s  %s".formatted(kind.getValue(), kind.getKey())));
    if (layers) {
      out.print(model.summaryText());
    }
  }
}
