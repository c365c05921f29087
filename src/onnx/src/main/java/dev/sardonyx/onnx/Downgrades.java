package dev.sardonyx.onnx;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Standard;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From the canonical form to those that operators had at older opsets: the way back of {@link
 * Upgrades}. A node goes back over the changes that came after its opset, the newest first.
 *
 * <p>What only added an attribute or an input needs no change: the node does not {@linkplain
 * WrittenNode#fits fit} an older version if it has them.
 */
final class Downgrades {
  /** Gives a node the form before a change; false if that form cannot say it. */
  interface Rule {
    boolean apply(WrittenNode node);
  }

  private record Change(String type, int since, Rule rule) {}

  private static final Set<String> FLOAT8 =
      Set.of("float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz");

  private static final Map<String, List<Change>> CHANGES =
      index(
          at(14, "BatchNormalization", node -> node.attribute("training_mode") == null),
          at(14, "Reshape", Downgrades::reshapeWithoutZeros),
          at(16, "RoiAlign", Downgrades::roisWithoutShift),
          at(
              18,
              "ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin"
                  + " ReduceProd ReduceSumSquare",
              Downgrades::axesOfReduction),
          at(18, "Split", Downgrades::equalParts),
          at(18, "ScatterElements ScatterND", node -> !isOneOf(node, "reduction", "max", "min")),
          at(18, "LpPool", Downgrades::dropUnitDilations),
          at(19, "AveragePool", Downgrades::dropUnitDilations),
          at(19, "Cast CastLike QuantizeLinear", Downgrades::dropSaturate),
          at(19, "Pad", node -> !isOneOf(node, "mode", "wrap")),
          at(
              19,
              "Resize",
              node -> !isOneOf(node, "coordinate_transformation_mode", "half_pixel_symmetric")),
          at(20, "DFT", Downgrades::axisOfTransform),
          at(20, "GridSample", Downgrades::modesOfTwoAxes),
          at(21, "GroupNormalization", node -> false),
          at(21, "QuantizeLinear", Downgrades::dropImpliedType),
          at(23, "DequantizeLinear", Downgrades::dropScaleType),
          at(24, "Cast CastLike", Downgrades::dropRoundMode),
          at(27, "Range", Downgrades::dropStashType));

  private Downgrades() {}

  private static List<Change> at(int since, String types, Rule rule) {
    return Arrays.stream(types.split(" ")).map(t -> new Change(t, since, rule)).toList();
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Map<String, List<Change>> index(List<Change>... groups) {
    Map<String, List<Change>> index = new HashMap<>();
    Arrays.stream(groups)
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(Change::since).reversed())
        .forEach(c -> index.computeIfAbsent(c.type(), k -> new ArrayList<>()).add(c));
    return index;
  }

  /** Whether the way back over version {@code since} has a rule. */
  static boolean has(String type, int since) {
    return CHANGES.getOrDefault(type, List.of()).stream().anyMatch(c -> c.since() == since);
  }

  /**
   * The node in the form that the standard's operators have at this opset, whatever its element
   * types; null if that form cannot say it.
   */
  static @Nullable WrittenNode form(Node node, int opset) {
    WrittenNode written = new WrittenNode(node);
    OpSchema schema = written.schema();
    if (!schema.domain().isEmpty()) {
      return written;
    }
    for (Change change : CHANGES.getOrDefault(schema.type(), List.of())) {
      if (change.since() > opset && !change.rule().apply(written)) {
        return null;
      }
    }
    Standard.Schema form = schema.form(opset);
    return form != null && written.fits(form) ? written : null;
  }

  private static boolean isOneOf(WrittenNode node, String attribute, String... values) {
    return Arrays.asList(values).contains(node.attribute(attribute));
  }

  /** Where no extent is 0 it does not matter what a 0 means. */
  private static boolean reshapeWithoutZeros(WrittenNode node) {
    if (node.attribute("allowzero") == null) {
      return true;
    }
    node.drop("allowzero");
    List<Long> shape = node.integers(1);
    return shape != null && !shape.contains(0L);
  }

  private static boolean roisWithoutShift(WrittenNode node) {
    boolean shifted = !isOneOf(node, "coordinate_transformation_mode", "output_half_pixel");
    node.drop("coordinate_transformation_mode");
    return !shifted;
  }

  /** No axes meant all of them, and always. */
  private static boolean axesOfReduction(WrittenNode node) {
    boolean noop = node.attribute("noop_with_empty_axes") != null;
    List<Long> axes = node.has(1) ? node.integers(1) : List.of();
    if (axes == null || noop && axes.isEmpty()) {
      return false;
    }
    node.drop("noop_with_empty_axes");
    node.cut(1);
    if (!axes.isEmpty()) {
      node.put("axes", axes);
    }
    return true;
  }

  private static boolean equalParts(WrittenNode node) {
    if (node.attribute("num_outputs") != null) {
      node.drop("num_outputs");
      var first = node.node().outputs().get(0).shape();
      var last = node.node().outputs().get(node.node().outputs().size() - 1).shape();
      return first.isRanked() && first.isFixed() && first.equals(last);
    }
    return true;
  }

  private static boolean dropUnitDilations(WrittenNode node) {
    if (node.attribute("dilations") instanceof List<?> list
        && list.stream().allMatch(d -> d.equals(1L))) {
      node.drop("dilations");
    }
    return true;
  }

  /** Only floats of 8 bits can be saturated. */
  private static boolean dropSaturate(WrittenNode node) {
    if (!FLOAT8.contains(Standard.spelling(node.node().output().type()))) {
      node.drop("saturate");
    }
    return true;
  }

  private static boolean dropRoundMode(WrittenNode node) {
    if (node.node().output().element() != ElementType.FLOAT8E8M0) {
      node.drop("round_mode");
    }
    return true;
  }

  private static boolean axisOfTransform(WrittenNode node) {
    List<Long> axis = node.has(2) ? node.integers(2) : List.of(-2L);
    if (axis == null || axis.size() != 1) {
      return false;
    }
    node.cut(2);
    node.put("axis", axis.get(0));
    return true;
  }

  private static boolean modesOfTwoAxes(WrittenNode node) {
    Object mode = node.attribute("mode");
    if ("cubic".equals(mode)) {
      node.put("mode", "bicubic");
    }
    var shape = node.node().input(0).shape();
    return shape.isRanked() && shape.rank() == 4;
  }

  /** The zero point has the type too; without one the result was uint8. */
  private static boolean dropImpliedType(WrittenNode node) {
    if (node.has(2) || node.node().output().element() == ElementType.UINT8) {
      node.drop("output_dtype");
    }
    return true;
  }

  private static boolean dropScaleType(WrittenNode node) {
    if (node.node().output().element() == node.element(1)) {
      node.drop("output_dtype");
    }
    return true;
  }

  /** It says something of 16-bit floats only. */
  private static boolean dropStashType(WrittenNode node) {
    node.drop("stash_type");
    return true;
  }
}
