package dev.sardonyx.cli;

import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.keras.Keras;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.JavaLayer;
import dev.sardonyx.testkit.Evaluate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files of Keras as inputs of commands. */
final class KerasInput {
  private KerasInput() {}

  /** Whether a file is a zip, HDF5 or JSON, or a folder: no ONNX file is one of these. */
  static boolean isKeras(Path file) {
    if (Files.isDirectory(file)) {
      return true;
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    } catch (IOException e) {
      return false;
    }
    boolean zip = start.length > 1 && start[0] == 'P' && start[1] == 'K';
    boolean hdf5 = start.length > 3 && start[1] == 'H' && start[2] == 'D' && start[3] == 'F';
    return zip || hdf5 || start.length > 0 && start[0] == '{';
  }

  static boolean isNamedForKeras(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".keras") || name.endsWith(".h5");
  }

  static Model load(Path file, @Nullable Path weights) {
    return weights == null ? Keras.load(file) : Keras.load(file, weights);
  }

  /** The graph for inference, its constants computed. */
  static Graph graph(Model model) {
    return Pipeline.inference(constant -> Evaluate.run(constant, List.of())).run(model.graph());
  }

  /** What a user of the graph has to know of layers that are not in it. */
  static List<String> preprocessing(Model model) {
    List<String> notes = new ArrayList<>();
    for (JavaLayer layer : model.preprocessingLayers()) {
      notes.add(
          "note: %s runs in Java in front of the graph, which takes its result as preprocessed_%s"
              .formatted(layer, notes.size()));
    }
    return notes;
  }
}
