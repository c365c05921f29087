package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Upgrades.all;
import static dev.sardonyx.onnx.Upgrades.at;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.onnx.Upgrades.Change;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Old forms of operators that work element by element. */
final class OldElementwise {
  static final List<Change> CHANGES =
      all(
          at(
              6,
              "Abs Add BatchNormalization Ceil Clip Div Dropout Elu Exp Floor HardSigmoid"
                  + " InstanceNormalization LeakyRelu Log Max Mean Min Mul Neg PRelu Reciprocal"
                  + " Relu Selu Sigmoid Sqrt Sub Sum Tanh",
              node -> node.drop("consumed_inputs")),
          at(5, "Reshape", node -> node.drop("consumed_inputs")),
          at(6, "Selu", OldElementwise::roundSelu),
          at(6, "Cast", OldElementwise::castByName),
          at(7, "Add And Div Equal Greater Less Mul Or Pow Sub Xor", OldElementwise::broadcast),
          at(7, "PRelu", OldElementwise::slopePerChannel),
          at(11, "Clip", OldElementwise::clipToInputs));

  private OldElementwise() {}

  private static void roundSelu(OldNode node) {
    node.standsFor("alpha", 1.6732f);
    node.standsFor("gamma", 1.0507f);
  }

  /** The names are those of {@code TensorProto.DataType}. */
  private static void castByName(OldNode node) {
    String name = node.take("to", "");
    String ours =
        switch (name) {
          case "FLOAT" -> "FLOAT32";
          case "DOUBLE" -> "FLOAT64";
          default -> name;
        };
    ElementType to;
    try {
      to = ElementType.parse(ours.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw node.refuse(
          "cannot cast to \"" + Source.shown(name) + '"', "see the names in TensorProto.DataType");
    }
    node.put("to", (long) to.code());
  }

  /**
   * Without {@code broadcast} the shapes had to be the same. With it the second operand's axes were
   * those of the first from {@code axis} on, or the last ones, as today.
   */
  private static void broadcast(OldNode node) {
    Long axis = node.take("axis", Long.class);
    boolean broadcast = node.take("broadcast", 0L) != 0;
    Shape a = node.shape(0);
    Shape b = node.shape(1);
    if (!broadcast) {
      requireSame(node, a, b);
      return;
    }
    if (axis == null || b.isRanked() && b.size().is(1)) {
      return;
    }
    int rank = node.rank(0, "an axis");
    int own = node.rank(1, "an axis");
    long first = axis < 0 ? axis + rank : axis;
    if (first < 0 || first + own > rank) {
      throw node.refuse(
          "cannot lay %s along %s from axis %s on".formatted(b, a, axis),
          "the second input's axes are those of the first one from that axis on");
    }
    long[] added = LongStream.range(own, rank - first).toArray();
    if (added.length > 0) {
      node.input(1, node.x(1).unsqueeze(added));
    }
  }

  private static void requireSame(OldNode node, Shape a, Shape b) {
    boolean differ = a.isRanked() && b.isRanked() && a.rank() != b.rank();
    for (int i = 0; !differ && a.isRanked() && b.isRanked() && i < a.rank(); i++) {
      Dim x = a.dim(i);
      Dim y = b.dim(i);
      differ = x.isFixed() && y.isFixed() && !x.equals(y);
    }
    if (differ) {
      throw node.refuse(
          "takes two shapes, %s and %s, without the attribute broadcast".formatted(a, b),
          "before opset 7 only broadcast=1 allowed different shapes");
    }
  }

  /** A slope of more than one element belonged to the channels. */
  private static void slopePerChannel(OldNode node) {
    Shape slope = node.shape(1);
    if (!slope.isRanked() || slope.rank() != 1 || slope.dim(0).is(1)) {
      return;
    }
    int rank = node.rank(0, "a slope for every channel");
    if (rank > 2) {
      node.input(1, node.x(1).unsqueeze(LongStream.range(1, rank - 1).toArray()));
    }
  }

  private static void clipToInputs(OldNode node) {
    Float min = node.take("min", Float.class);
    Float max = node.take("max", Float.class);
    Value low = min == null ? null : node.scalar(0, min);
    Value high = max == null ? null : node.scalar(0, max);
    node.input(1, low);
    node.input(2, high);
  }
}
