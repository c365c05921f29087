package dev.sardonyx.cli.verify;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the files of a case are laid out. */
public enum Layout {
  /** {@code model.onnx} with {@code test_data_set_0}, {@code gradients_0} or both. */
  ONNX,
  /** {@code case.json} with {@code arrays.npz}: a loss, a metric, an optimizer, … */
  TRAINING,
  /** {@code case.json} beside a model that Keras saved. */
  KERAS,
  /** {@code index.json}, which says of each file beside it whether it must be refused. */
  INDEX,
  /** A user's own: a model file beside {@code input_0.npy}, … and {@code expected_0.npy}, … */
  OWN;

  private static final String OUTPUTS = "test_data_set_";
  private static final String GRADIENTS = "gradients_";

  /**
   * The layout of a folder, or null if it is no case.
   *
   * @param names the names of what lies in the folder
   */
  static @Nullable Layout of(Collection<String> names) {
    boolean described = names.contains("case.json");
    if (names.contains("model.onnx") && (hasStart(names, OUTPUTS) || hasStart(names, GRADIENTS))) {
      return ONNX;
    }
    if (described && names.contains("arrays.npz")) {
      return TRAINING;
    }
    boolean keras = names.stream().anyMatch(Layout::isKeras);
    if (names.contains("index.json") && keras && !described) {
      return INDEX;
    }
    if (described && keras) {
      return KERAS;
    }
    boolean model = keras || names.stream().anyMatch(Layout::isOnnx);
    return model && hasStart(names, "expected_") ? OWN : null;
  }

  /** What can be asked of a case that has these names in its folder. */
  Set<Kind> kinds(Collection<String> names) {
    return switch (this) {
      case TRAINING -> EnumSet.of(Kind.TRAINING);
      case KERAS, INDEX -> EnumSet.of(Kind.KERAS);
      case OWN -> EnumSet.of(Kind.OUTPUTS);
      case ONNX -> {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (hasStart(names, OUTPUTS)) {
          kinds.add(Kind.OUTPUTS);
          kinds.add(Kind.DIFFERENCES);
        }
        if (hasStart(names, GRADIENTS)) {
          kinds.add(Kind.GRADIENTS);
        }
        yield kinds;
      }
    };
  }

  private static boolean hasStart(Collection<String> names, String start) {
    return names.stream().anyMatch(name -> name.startsWith(start));
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
