package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Upgrades.all;
import static dev.sardonyx.onnx.Upgrades.at;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.onnx.Upgrades.Change;
import java.util.List;
import java.util.stream.LongStream;

/** Old forms of the operators of {@code ai.onnx.ml}. */
final class OldLearning {
  private static final String DOMAIN = "ai.onnx.ml";

  static final List<Change> CHANGES =
      all(at(2, DOMAIN, "LabelEncoder", OldLearning::labelsByPosition));

  private OldLearning() {}

  /** Strings to their positions in a list, or back, by the input's type. */
  private static void labelsByPosition(OldNode node) {
    List<?> classes = node.take("classes_strings", List.class);
    if (classes == null) {
      throw node.refuse("misses its attribute classes_strings", "list the labels");
    }
    List<Long> positions = LongStream.range(0, classes.size()).boxed().toList();
    if (node.element(0) == ElementType.STRING) {
      node.drop("default_string");
      node.put("keys_strings", classes);
      node.put("values_int64s", positions);
    } else {
      node.drop("default_int64");
      node.put("keys_int64s", positions);
      node.put("values_strings", classes);
    }
  }
}
