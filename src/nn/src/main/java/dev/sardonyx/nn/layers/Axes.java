package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What layers ask of their inputs' axes. */
final class Axes {
  private Axes() {}

  /** The number of axes, refused unless it is known and at least {@code least}. */
  static int rankAtLeast(Layer layer, TensorType input, int least) {
    if (!input.shape().isRanked() || input.shape().rank() < least) {
      throw wrongRank(layer, input, "at least " + least);
    }
    return input.shape().rank();
  }

  /** Refuses what has not a batch, channels and {@code spatial} more axes. */
  static void requireSpatial(Layer layer, TensorType input, DataFormat format, int spatial) {
    if (!input.shape().isRanked() || input.shape().rank() != spatial + 2) {
      throw wrongRank(
          layer, input, "%s (batch, %s)".formatted(spatial + 2, format.describe(spatial)));
    }
  }

  /** Refuses inputs of another number of axes than {@code rank}. */
  static void rankIs(Layer layer, TensorType input, int rank, String axes) {
    if (!input.shape().isRanked() || input.shape().rank() != rank) {
      throw wrongRank(layer, input, "%s (%s)".formatted(rank, axes));
    }
  }

  private static DiagnosticException wrongRank(Layer layer, TensorType input, String wanted) {
    String got = input.shape().isRanked() ? "" + input.shape().rank() : "an unknown number";
    return layer.refuse(
        "NN-012",
        "needs inputs whose number of axes is %s, got %s".formatted(wanted, got),
        List.of(input),
        "the batch is the first axis; a Reshape before this layer gives another number of axes");
  }

  /** {@code axis} counted from the front, refused where the input has no such axis. */
  static int resolve(Layer layer, TensorType input, long axis) {
    int rank = rankAtLeast(layer, input, 1);
    if (axis < -rank || axis >= rank) {
      throw layer.refuse(
          "NN-013",
          "has axis %s for inputs of %s axes".formatted(axis, rank),
          List.of(input),
          "the batch is axis 0 and the last axis is -1");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** The extent of an axis, refused where it is not a number before the model runs. */
  static long extent(Layer layer, TensorType input, int axis) {
    Dim extent = input.shape().dim(axis);
    if (!extent.isFixed()) {
      throw layer.refuse(
          "NN-014",
          "needs to know the extent of axis %s, got %s".formatted(axis, extent),
          List.of(input),
          "give that axis a number in the model's input");
    }
    return extent.value();
  }

  /** {@code x} with the axis {@code from} moved to the place {@code to}, the others in order. */
  static Value move(Value x, int from, int to) {
    if (from == to) {
      return x;
    }
    List<Long> order =
        new ArrayList<>(IntStream.range(0, x.shape().rank()).mapToObj(i -> (long) i).toList());
    order.add(to, order.remove(from));
    return x.transpose(order.stream().mapToLong(i -> i).toArray());
  }
}
