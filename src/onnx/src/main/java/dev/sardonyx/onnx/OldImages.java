package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Upgrades.all;
import static dev.sardonyx.onnx.Upgrades.at;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Upgrades.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Old forms of operators that resample images. */
final class OldImages {
  static final List<Change> CHANGES =
      all(
          at(7, "Upsample", OldImages::scalesOfTwoAxes),
          at(9, "Upsample", OldImages::scalesToInput),
          at(10, "Upsample", node -> node.retype("Resize")),
          at(11, "Resize", OldImages::resizeFromTheCorner),
          at(13, "Resize", OldImages::emptyIsAbsent),
          at(16, "RoiAlign", OldImages::roisWithoutShift),
          at(20, "GridSample", OldImages::modesOfTwoAxes));

  private OldImages() {}

  private static void scalesOfTwoAxes(OldNode node) {
    Float height = node.take("height_scale", Float.class);
    Float width = node.take("width_scale", Float.class);
    if (height == null || width == null) {
      throw node.refuse("misses the scale of an axis", "give height_scale and width_scale");
    }
    node.put("scales", List.of(1f, 1f, height, width));
    if ("bilinear".equals(node.attributes().get("mode"))) {
      node.put("mode", "linear");
    }
  }

  private static void scalesToInput(OldNode node) {
    List<?> scales = node.take("scales", List.class);
    if (scales == null || !scales.stream().allMatch(Float.class::isInstance)) {
      throw node.refuse("misses the scales of its axes", "give the floats scales");
    }
    float[] values = new float[scales.size()];
    IntStream.range(0, values.length).forEach(i -> values[i] = (Float) scales.get(i));
    node.input(1, Value.constant(Tensor.of(values)));
  }

  /**
   * Positions were counted from the corner. Which neighbour is the nearest the standard did not
   * say; ONNX Runtime takes the one before when it enlarges an axis, else the one after.
   */
  private static void resizeFromTheCorner(OldNode node) {
    Value scales = node.x(1);
    node.input(1, null);
    node.input(2, scales);
    node.put("coordinate_transformation_mode", "asymmetric");
    if (!"linear".equals(node.attributes().getOrDefault("mode", "nearest"))) {
      nearest(node, scales);
    }
  }

  private static void nearest(OldNode node, Value scales) {
    Tensor known = scales.constant();
    boolean enlarges = known == null || any(known, 1);
    boolean shrinks = known == null || any(known, -1);
    node.put("nearest_mode", shrinks && !enlarges ? "ceil" : "floor");
    if (shrinks && enlarges) {
      Value grown = resized(node, "floor", node.x(0), scales.max(1));
      node.become(resized(node, "ceil", grown, scales.min(1)));
    }
  }

  private static boolean any(Tensor scales, int sign) {
    return IntStream.range(0, (int) scales.size())
        .anyMatch(i -> Math.signum(scales.getDouble(i) - 1) == sign);
  }

  private static Value resized(OldNode node, String nearest, Value x, Value scales) {
    Map<String, Object> attributes = new LinkedHashMap<>(node.attributes());
    attributes.put("nearest_mode", nearest);
    return node.make("Resize", attributes, x, null, scales);
  }

  /** Roi and scales had to be given, as empty tensors if they say nothing. */
  private static void emptyIsAbsent(OldNode node) {
    for (int i = 1; i <= 2; i++) {
      if (isEmpty(node.optional(i))) {
        node.input(i, null);
      }
    }
  }

  private static boolean isEmpty(@Nullable Value value) {
    return value != null && value.shape().isRanked() && value.shape().size().is(0);
  }

  private static void roisWithoutShift(OldNode node) {
    node.put("coordinate_transformation_mode", "output_half_pixel");
  }

  private static void modesOfTwoAxes(OldNode node) {
    String mode = node.take("mode", "bilinear");
    node.put(
        "mode",
        switch (mode) {
          case "bilinear" -> "linear";
          case "bicubic" -> "cubic";
          default -> mode;
        });
  }
}
