package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Upgrades.all;
import static dev.sardonyx.onnx.Upgrades.at;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Upgrades.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Old forms of operators that arrange, cut and join tensors. */
final class OldShaping {
  static final List<Change> CHANGES =
      all(
          at(2, "Pad", node -> node.toInput("paddings", 1)),
          at(2, "Split", OldShaping::splitByFloats),
          at(4, "Concat", node -> node.standsFor("axis", 1L)),
          at(5, "Reshape", OldShaping::shapeToInput),
          at(6, "Tile", OldShaping::repeatsOfAllAxes),
          at(10, "Slice", OldShaping::boundsToInputs),
          at(11, "Pad", OldShaping::bordersToInputs),
          at(11, "Scatter", node -> node.retype("ScatterElements")),
          at(13, "Split", node -> node.toInput("split", 1)),
          at(13, "Squeeze Unsqueeze", node -> node.toInput("axes", 1)),
          at(18, "Split", OldShaping::partsByResults));

  private OldShaping() {}

  /** The sizes could be an input, of the type of the tensor that is split. */
  private static void splitByFloats(OldNode node) {
    Value sizes = node.optional(1);
    if (sizes != null) {
      node.drop("split");
      node.input(1, sizes.cast(ElementType.INT64));
    }
  }

  /** Without sizes there were as many equal parts as the node had results. */
  private static void partsByResults(OldNode node) {
    if (!node.has(1)) {
      node.put("num_outputs", (long) Math.max(1, node.results()));
    }
  }

  private static void shapeToInput(OldNode node) {
    node.standsFor("shape", List.of());
    node.toInput("shape", 1);
  }

  /** One axis and its number of copies, scalars of the tensor's type. */
  private static void repeatsOfAllAxes(OldNode node) {
    int rank = node.rank(0, "copies along one axis");
    Tensor copies = node.x(1).constant();
    Tensor axis = node.x(2).constant();
    if (copies != null && axis != null && copies.size() == 1 && axis.size() == 1) {
      long[] repeats = new long[rank];
      Arrays.fill(repeats, 1);
      int at = (int) axis.getDouble(0);
      if (at < -rank || at >= rank) {
        throw node.refuse("has no axis " + at, "an axis lies between -rank and rank - 1");
      }
      repeats[at < 0 ? at + rank : at] = (long) copies.getDouble(0);
      node.input(1, Value.longs(repeats));
    } else {
      Value ones = Value.constant(Tensor.full(ElementType.INT64, 1, rank));
      Value place = node.x(2).cast(ElementType.INT64).reshape(1);
      Value count = node.x(1).cast(ElementType.INT64).reshape(1);
      node.input(1, node.make("ScatterElements", Map.of(), ones, place, count));
    }
    node.input(2, null);
  }

  private static void boundsToInputs(OldNode node) {
    node.toInput("starts", 1);
    node.toInput("ends", 2);
    node.toInput("axes", 3);
  }

  private static void bordersToInputs(OldNode node) {
    node.toInput("pads", 1);
    Float value = node.take("value", Float.class);
    if (value != null && value != 0) {
      node.input(2, node.scalar(0, value));
    }
  }
}
