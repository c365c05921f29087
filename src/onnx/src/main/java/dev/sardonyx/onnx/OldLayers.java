package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Upgrades.all;
import static dev.sardonyx.onnx.Upgrades.at;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Upgrades.Change;
import java.util.List;
import java.util.stream.LongStream;

/** Old forms of the layers of networks. */
final class OldLayers {
  static final List<Change> CHANGES =
      all(
          at(2, "GlobalLpPool LpPool", OldLayers::wholeExponent),
          at(3, "GRU", OldLayers::misspeltDirection),
          at(7, "Gemm", node -> node.drop("broadcast")),
          at(7, "GRU LSTM RNN", node -> node.drop("output_sequence")),
          at(7, "BatchNormalization", OldLayers::testByFlag),
          at(9, "BatchNormalization", OldLayers::statisticsPerFeature),
          at(14, "BatchNormalization", OldLayers::trainingByOutputs),
          at(7, "Dropout", OldLayers::dropoutByFlag),
          at(10, "Dropout", OldLayers::maskOfNumbers),
          at(12, "Dropout", OldLayers::ratioToInput),
          at(21, "GroupNormalization", OldLayers::scalePerGroup));

  private OldLayers() {}

  private static void wholeExponent(OldNode node) {
    float p = node.take("p", 2f);
    if (p != (long) p || p < 1) {
      throw node.refuse("takes the norm of exponent " + p, "exponents are integers from 1 on");
    }
    node.put("p", (long) p);
    if (node.type().equals("LpPool") && !node.attributes().containsKey("kernel_shape")) {
      throw node.refuse("misses its attribute kernel_shape", "say how large the window is");
    }
  }

  /** The standard's own default of that version lacks a letter. */
  private static void misspeltDirection(OldNode node) {
    if ("foward".equals(node.attributes().get("direction"))) {
      node.put("direction", "forward");
    }
  }

  /** Whether it is training is said by the number of outputs alone from then on. */
  private static void testByFlag(OldNode node) {
    if (node.take("is_test", 0L) != 0 && node.results() > 1) {
      throw node.refuse("has statistics as outputs in test mode", "it has one output then");
    }
  }

  /** Without {@code spatial} every element of a sample had statistics of its own. */
  private static void statisticsPerFeature(OldNode node) {
    if (node.take("spatial", 1L) != 0) {
      return;
    }
    if (node.results() > 1) {
      throw node.refuse(
          "trains statistics of every feature (spatial=0)", "only its inference is supported");
    }
    float epsilon = node.take("epsilon", 1e-5f);
    Value deviation = node.x(4).add(epsilon).sqrt();
    node.become(node.x(0).sub(node.x(3)).div(deviation).mul(node.x(1)).add(node.x(2)));
  }

  /** More outputs than one said that it trains; two of them were saved for the gradient. */
  private static void trainingByOutputs(OldNode node) {
    if (node.results() <= 1) {
      return;
    }
    node.put("training_mode", 1L);
    Value x = node.x(0);
    int rank = node.rank(0, "training outputs");
    long[] axes = LongStream.range(0, rank).filter(i -> i != 1).toArray();
    node.result(3, made -> x.mean(false, axes));
    node.result(4, made -> x.sub(x.mean(true, axes)).square().mean(false, axes));
  }

  /** Without {@code is_test} it drops. */
  private static void dropoutByFlag(OldNode node) {
    boolean test = node.take("is_test", 0L) != 0;
    node.input(2, test ? null : Value.constant(Tensor.of(new boolean[] {true}).reshape()));
  }

  private static void maskOfNumbers(OldNode node) {
    ElementType element = node.element(0);
    node.result(1, made -> made.get(1).cast(element));
  }

  private static void ratioToInput(OldNode node) {
    node.input(1, Value.constant(Tensor.scalar(node.take("ratio", 0.5f))));
  }

  /** Scale and bias belonged to groups, now to channels; and there was one precision only. */
  private static void scalePerGroup(OldNode node) {
    Object groups = node.attributes().get("num_groups");
    if (!(groups instanceof Long count) || count < 1) {
      throw node.refuse("misses its attribute num_groups", "say how many groups there are");
    }
    Value size = channelsPerGroup(node, count);
    for (int i = 1; i <= 2; i++) {
      Value column = node.x(i).reshape(count, 1);
      Value shape = Value.concat(0, Value.longs(count), size);
      node.input(i, column.expand(shape).reshape(-1));
    }
    if (node.element(0) == ElementType.FLOAT64) {
      node.put("stash_type", (long) ElementType.FLOAT64.code());
    }
  }

  private static Value channelsPerGroup(OldNode node, long groups) {
    Shape shape = node.shape(0);
    Dim channels = shape.isRanked() && shape.rank() > 1 ? shape.dim(1) : Dim.UNKNOWN;
    return channels.isFixed()
        ? Value.longs(channels.value() / groups)
        : node.x(0).shapeOf().slice(0, 1, 2).div(Value.longs(groups));
  }
}
