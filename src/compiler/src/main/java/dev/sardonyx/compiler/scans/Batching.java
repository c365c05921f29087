package dev.sardonyx.compiler.scans;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Arithmetic.Clip;
import dev.sardonyx.ir.Bitwise;
import dev.sardonyx.ir.Comparison;
import dev.sardonyx.ir.Gathering.Gather;
import dev.sardonyx.ir.Layout.Reshape;
import dev.sardonyx.ir.Layout.Squeeze;
import dev.sardonyx.ir.Layout.Transpose;
import dev.sardonyx.ir.Layout.Unsqueeze;
import dev.sardonyx.ir.LinearAlgebra.Gemm;
import dev.sardonyx.ir.LinearAlgebra.MatMul;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Slicing.Concat;
import dev.sardonyx.ir.Slicing.Slice;
import dev.sardonyx.ir.Slicing.Split;
import dev.sardonyx.ir.Summation;
import dev.sardonyx.ir.Unary;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One node for all turns at once: its inputs are stacks with a new first axis for the turns, or
 * values that are the same in every turn, and so are its results.
 */
final class Batching {
  private final Node node;
  private final List<@Nullable Value> inputs;
  private final List<Boolean> stacked;

  private Batching(Node node, List<@Nullable Value> inputs, List<Boolean> stacked) {
    this.node = node;
    this.inputs = inputs;
    this.stacked = stacked;
  }

  /**
   * The stacks of the node's results, or null where it has to be done turn by turn.
   *
   * @param node as it stands in the body
   * @param inputs what takes the place of its inputs outside
   * @param stacked for each of them whether it has an axis for the turns; at least one has
   */
  static @Nullable List<Value> of(Node node, List<@Nullable Value> inputs, List<Boolean> stacked) {
    if (!allRanked(node)) {
      return null;
    }
    List<Value> results = new Batching(node, inputs, stacked).results();
    return results != null && fits(node, results) ? results : null;
  }

  private static boolean allRanked(Node node) {
    List<Value> values = new ArrayList<>(node.outputs());
    node.inputs().stream().filter(v -> v != null).forEach(values::add);
    return values.stream().allMatch(Batching::isRanked);
  }

  private static boolean isRanked(Value value) {
    return value.type() instanceof TensorType tensor && tensor.shape().isRanked();
  }

  private static boolean fits(Node node, List<Value> results) {
    for (int i = 0; i < results.size(); i++) {
      boolean fits =
          isRanked(results.get(i))
              && results.get(i).shape().rank() == rank(node.outputs().get(i)) + 1;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int rank(Value value) {
    return value.shape().rank();
  }

  private @Nullable List<Value> results() {
    Op op = node.op();
    if (op instanceof Unary && inputs.size() == 1) {
      return on(op, inputs);
    }
    if (op instanceof Split split) {
      Op moved = new Split(moved(split.axis(), rank(node.input(0))), split.numOutputs());
      return firstAlone() ? on(moved, inputs) : null;
    }
    Value one = one(op);
    return one == null ? null : List.of(one);
  }

  private @Nullable Value one(Op op) {
    if (op instanceof Clip) {
      return firstAlone() ? on(op, inputs).get(0) : null;
    }
    if (op instanceof Arithmetic
        || op instanceof Comparison
        || op instanceof Bitwise
        || op instanceof Summation) {
      return elementwise();
    }
    if (op instanceof MatMul) {
      boolean matrices = rank(node.input(0)) > 1 && rank(node.input(1)) > 1;
      boolean rows = firstAlone() && rank(node.input(1)) == 2;
      return rows ? on(op, inputs).get(0) : matrices ? elementwise() : null;
    }
    if (op instanceof Gemm gemm) {
      return product(gemm);
    }
    if (op instanceof Concat concat) {
      boolean all = stacked.stream().allMatch(s -> s);
      Op moved = new Concat(moved(concat.axis(), rank(node.input(0))));
      return all ? on(moved, inputs).get(0) : null;
    }
    if (op instanceof Gather gather) {
      boolean indices = !stacked.get(0) && stacked.get(1) && gather.axis() == 0;
      return indices ? on(op, inputs).get(0) : null;
    }
    return firstAlone() ? layout(op) : null;
  }

  private @Nullable Value layout(Op op) {
    int rank = rank(node.input(0));
    if (op instanceof Transpose transpose) {
      List<Long> perm = new ArrayList<>(List.of(0L));
      for (int i = 0; i < rank; i++) {
        perm.add(1 + (transpose.perm().isEmpty() ? rank - 1L - i : transpose.perm().get(i)));
      }
      return on(new Transpose(perm), inputs).get(0);
    }
    if (op instanceof Reshape reshape) {
      return reshape.allowzero() ? null : reshaped(reshape);
    }
    if (op instanceof Squeeze || op instanceof Unsqueeze) {
      int whole = op instanceof Squeeze ? rank : rank(node.output());
      return withAxes(op, 1, axis -> moved(axis, whole));
    }
    return op instanceof Slice ? sliced(op, rank) : null;
  }

  private boolean firstAlone() {
    return stacked.get(0) && stacked.subList(1, stacked.size()).stream().noneMatch(s -> s);
  }

  /** An axis of an element as one of the stack, counted from the end where it was. */
  private static long moved(long axis, int rank) {
    return axis < 0 ? axis : axis + 1;
  }

  private List<Value> on(Op op, List<@Nullable Value> given) {
    return on(op, given, node);
  }

  /** An operator in the place of a node; names of one turn's values are none of all turns'. */
  static List<Value> on(Op op, List<@Nullable Value> inputs, Node node) {
    return Node.of(op, inputs, node.outputs().size(), Node.Names.NONE, node.at()).outputs();
  }

  /**
   * Elements of smaller rank than the result get their missing axes behind that of the turns. Of
   * products of matrices this holds, too.
   */
  private Value elementwise() {
    List<@Nullable Value> aligned = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      aligned.add(aligned(i));
    }
    return on(node.op(), aligned).get(0);
  }

  private @Nullable Value aligned(int i) {
    Value input = inputs.get(i);
    if (input == null || !stacked.get(i)) {
      return input;
    }
    int missing = rank(node.output()) - rank(node.input(i));
    return missing == 0 ? input : input.unsqueeze(LongStream.rangeClosed(1, missing).toArray());
  }

  private Value product(Gemm gemm) {
    Value y = factor(0, gemm.transA()).matMul(factor(1, gemm.transB()));
    y = gemm.alpha() == 1 ? y : y.mul(gemm.alpha());
    Value c = inputs.size() < 3 ? null : aligned(2);
    if (c == null) {
      return y;
    }
    return y.add(gemm.beta() == 1 ? c : c.mul(gemm.beta()));
  }

  private Value factor(int i, boolean turned) {
    Value matrix = Objects.requireNonNull(inputs.get(i));
    if (!turned) {
      return matrix;
    }
    return stacked.get(i) ? matrix.transpose(0, 2, 1) : matrix.transpose(1, 0);
  }

  /** A shape of 0, which keeps the axis of the turns, and then what it was. */
  private @Nullable Value reshaped(Reshape op) {
    Value shape = inputs.get(1);
    Tensor known = shape.constant();
    Value zero = Value.longs(0);
    Value whole =
        known == null
            ? Value.concat(0, zero, shape)
            : Value.longs(
                LongStream.concat(LongStream.of(0), LongStream.of(known.toLongArray())).toArray());
    return on(op, List.of(inputs.get(0), whole)).get(0);
  }

  private @Nullable Value sliced(Op op, int rank) {
    if (node.hasInput(3)) {
      return withAxes(op, 3, axis -> moved(axis, rank));
    }
    Dim count = node.input(1).shape().dim(0);
    if (!count.isFixed()) {
      return null;
    }
    List<@Nullable Value> given = new ArrayList<>(inputs.subList(0, 3));
    given.add(Value.longs(LongStream.rangeClosed(1, count.value()).toArray()));
    return on(op, given).get(0);
  }

  private @Nullable Value withAxes(Op op, int place, LongUnaryOperator move) {
    Tensor axes = node.hasInput(place) ? inputs.get(place).constant() : null;
    if (axes == null) {
      return null;
    }
    List<@Nullable Value> given = new ArrayList<>(inputs);
    given.set(place, Value.longs(LongStream.of(axes.toLongArray()).map(move).toArray()));
    return on(op, given).get(0);
  }
}
