package dev.sardonyx.keras;

import dev.sardonyx.nn.CustomLayers;
import dev.sardonyx.nn.Model;
import java.nio.file.Path;
import java.util.Map;

/**
 * Models of Keras: {@code Model model = Keras.load(Path.of("model.keras"))}.
 *
 * <p>A loaded model is one of the DSL: it predicts, trains, is cut and extended, is exported.
 */
public final class Keras {
  private Keras() {}

  /**
   * The model in a file that Keras 1, 2 or 3 has saved: a {@code .keras} archive or folder, a whole
   * model in HDF5, or an architecture in JSON, whose weights are then new. Which it is, its content
   * says.
   *
   * @throws dev.sardonyx.ir.diagnostic.DiagnosticException for everything else; all problems of a
   *     file are listed at once
   */
  public static Model load(Path file) {
    return load(file, new CustomLayers());
  }

  /** As {@link #load(Path)}, with Java layers in the place of custom classes. */
  public static Model load(Path file, CustomLayers custom) {
    try (KerasFile opened = KerasFile.open(file)) {
      return model(opened, custom);
    }
  }

  /** The model of an architecture in JSON with the weights of another file. */
  public static Model load(Path architecture, Path weights) {
    return load(architecture, weights, new CustomLayers());
  }

  /** As {@link #load(Path, Path)}, with Java layers in the place of custom classes. */
  public static Model load(Path architecture, Path weights, CustomLayers custom) {
    try (KerasFile opened = KerasFile.open(architecture, weights)) {
      return model(opened, custom);
    }
  }

  /**
   * Saves a model so that Keras 3.15 loads it and computes the same: as an archive, {@code .keras},
   * or as {@code .h5}, by the file's extension. The state of training is not saved.
   *
   * @throws dev.sardonyx.ir.diagnostic.DiagnosticException where Keras has no such layer or cannot
   *     load it from such a file; all of these are named at once
   */
  public static void save(Model model, Path file) {
    new KerasModel(model).write(file);
  }

  private static Model model(KerasFile file, CustomLayers custom) {
    Map<String, Object> architecture = Upgrade.toKeras3(file);
    Model model = Model.fromConfig(architecture, custom);
    WeightAssignment.assign(
        file, LayerTree.of(architecture, model, file.kerasVersion().startsWith("2.12")));
    return model;
  }
}
