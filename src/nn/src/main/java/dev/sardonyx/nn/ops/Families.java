package dev.sardonyx.nn.ops;

import java.util.LinkedHashMap;
import java.util.Map;

/** All operations. */
final class Families {
  private static final Map<String, OpTable> MODULES = modules();

  private static Map<String, OpTable> modules() {
    Map<String, OpTable> modules = new LinkedHashMap<>();
    modules.put("keras.src.ops.nn", nn());
    modules.put("keras.src.ops.core", CoreOps.TABLE);
    modules.put("keras.src.ops.math", new OpTable().with(MathOps.TABLE).with(SignalOps.TABLE));
    modules.put("keras.src.ops.linalg", LinalgOps.TABLE);
    modules.put("keras.src.ops.image", ImageOps.TABLE);
    modules.put("keras.src.ops.einops", Rearrangement.TABLE);
    return modules;
  }

  private static OpTable nn() {
    return new OpTable()
        .with(NnActivations.TABLE)
        .with(NnNormalization.TABLE)
        .with(NnWindows.TABLE)
        .with(NnBlocks.TABLE)
        .with(NnLosses.TABLE);
  }

  private Families() {}

  /** Operations that Keras has elsewhere than with their like. */
  private static final Map<String, String> ELSEWHERE =
      Map.of("InTopK", "keras.src.ops.math", "Logsumexp", "keras.src.ops.math");

  /** The module that Keras has an operation in. */
  static String module(String name) {
    String elsewhere = ELSEWHERE.get(name);
    if (elsewhere != null) {
      return elsewhere;
    }
    return MODULES.entrySet().stream()
        .filter(entry -> entry.getValue().find(name) != null)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("keras.src.ops.numpy");
  }

  static OpTable all() {
    return new OpTable()
        .with(NumpyFunctions.TABLE)
        .with(NumpyArithmetic.TABLE)
        .with(NumpyComparisons.TABLE)
        .with(NumpyReductions.TABLE)
        .with(NumpyNan.TABLE)
        .with(NumpyQuantiles.TABLE)
        .with(NumpySorting.TABLE)
        .with(NumpyScans.TABLE)
        .with(NumpyShaping.TABLE)
        .with(NumpyJoining.TABLE)
        .with(NumpyCreation.TABLE)
        .with(NumpyIndexing.TABLE)
        .with(NumpyProducts.TABLE)
        .with(NumpyCounting.TABLE)
        .with(NnActivations.TABLE)
        .with(NnNormalization.TABLE)
        .with(NnWindows.TABLE)
        .with(NnBlocks.TABLE)
        .with(NnLosses.TABLE)
        .with(CoreOps.TABLE)
        .with(MathOps.TABLE)
        .with(SignalOps.TABLE)
        .with(LinalgOps.TABLE)
        .with(ImageOps.TABLE)
        .with(Rearrangement.TABLE);
  }
}
