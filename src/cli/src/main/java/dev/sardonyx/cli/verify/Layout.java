package dev.sardonyx.cli.verify;

import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** How the files of a case are laid out. */
public enum Layout {
  /** {@code model.onnx} with {@code test_data_set_0}, {@code gradients_0} or both. */
  ONNX,
  /** {@code case.json} with {@code arrays.npz}: a loss, a metric, an optimizer, … */
  TRAINING,
  /** {@code case.json} beside a model that Keras saved. */
  KERAS,
  /** A user's own: a model file beside {@code input_0.npy}, … and {@code expected_0.npy}, … */
  OWN;

  /**
   * The layout of a folder, or null if it is no case.
   *
   * @param names the names of what lies in the folder
   */
  static @Nullable Layout of(SortedSet<String> names) {
    if (names.contains("model.onnx") && names.stream().anyMatch(Layout::isDataSet)) {
      return ONNX;
    }
    if (names.contains("case.json") && names.contains("arrays.npz")) {
      return TRAINING;
    }
    boolean keras = names.stream().anyMatch(Layout::isKeras);
    if (names.contains("case.json") && keras) {
      return KERAS;
    }
    boolean expected = names.stream().anyMatch(name -> name.startsWith("expected_"));
    return expected && (keras || names.stream().anyMatch(Layout::isOnnx)) ? OWN : null;
  }

  static boolean isDataSet(String name) {
    return name.startsWith("test_data_set_") || name.startsWith("gradients_");
  }

  static boolean isOnnx(String name) {
    return name.endsWith(".onnx");
  }

  static boolean isKeras(String name) {
    return name.endsWith(".keras") || name.endsWith(".h5") || name.equals("model.json");
  }

  /** The name in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
