package dev.sardonyx.compiler.scans;

import dev.sardonyx.ir.Aggregation.ReduceSum;
import dev.sardonyx.ir.Elementwise.Neg;
import dev.sardonyx.ir.Layout.Reshape;
import dev.sardonyx.ir.Layout.Squeeze;
import dev.sardonyx.ir.Layout.Transpose;
import dev.sardonyx.ir.Layout.Unsqueeze;
import dev.sardonyx.ir.LinearAlgebra.Gemm;
import dev.sardonyx.ir.LinearAlgebra.MatMul;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The sum over all turns of a value, computed at once from stacks of what the value is made of: of
 * products of matrices it is one product, of sums one sum.
 *
 * @param operands the values of the body whose stacks are needed
 * @param total the sum, given these stacks
 */
record TurnSum(List<Value> operands, Function<List<Value>, Value> total) {

  /** Null where the value has to be added up turn by turn. */
  static @Nullable TurnSum of(Value term, Turns turns) {
    if (turns.isFixed(term) || !(term.type() instanceof TensorType)) {
      return null;
    }
    TurnSum sum = ofParts(term.node(), turns);
    return sum == null && turns.isStacked(term)
        ? new TurnSum(List.of(term), stacks -> stacks.get(0).sum(false, 0))
        : sum;
  }

  private static @Nullable TurnSum ofParts(Node node, Turns turns) {
    if (isLinear(node, turns)) {
      TurnSum inner = of(node.input(0), turns);
      return inner == null ? null : inner.moved(node, turns);
    }
    TurnSum sum = node.op() instanceof ReduceSum op ? sum(op, node) : product(node);
    boolean fixed = sum != null && sum.operands.stream().anyMatch(turns::isFixed);
    return fixed ? null : sum;
  }

  /** Whether the operator on a sum is the sum of the operator on each part. */
  private static boolean isLinear(Node node, Turns turns) {
    Op op = node.op();
    boolean linear =
        op instanceof Transpose
            || op instanceof Reshape
            || op instanceof Squeeze
            || op instanceof Unsqueeze
            || op instanceof Neg;
    return linear && node.inputs().stream().skip(1).allMatch(v -> v != null && turns.isFixed(v));
  }

  private TurnSum moved(Node node, Turns turns) {
    return new TurnSum(
        operands,
        stacks -> {
          List<@Nullable Value> inputs = new ArrayList<>();
          inputs.add(total.apply(stacks));
          node.inputs().stream().skip(1).forEach(v -> inputs.add(turns.fixed(v)));
          return Batching.on(node.op(), inputs, node).get(0);
        });
  }

  private static @Nullable TurnSum sum(ReduceSum op, Node node) {
    Value x = node.input(0);
    Tensor given = node.hasInput(1) ? node.input(1).constant() : null;
    boolean isKnown = x.shape().isRanked() && node.hasInput(1) == (given != null);
    if (!isKnown || op.noopWithEmptyAxes() || (given != null && given.size() == 0)) {
      return null;
    }
    LongStream axes =
        given == null
            ? LongStream.rangeClosed(1, x.shape().rank())
            : LongStream.of(given.toLongArray()).map(axis -> axis < 0 ? axis : axis + 1);
    long[] all = LongStream.concat(LongStream.of(0), axes).toArray();
    return new TurnSum(
        List.of(x),
        stacks -> {
          Value sum = stacks.get(0).sum(op.keepdims(), all);
          return op.keepdims() ? sum.squeeze(0) : sum;
        });
  }

  /** One product of matrices whose inner axis goes over all turns. */
  private static @Nullable TurnSum product(Node node) {
    boolean plain = node.op() instanceof MatMul;
    Gemm gemm = node.op() instanceof Gemm given ? given : new Gemm(1, 1, false, false);
    boolean isProduct = plain || (node.op() instanceof Gemm && !node.hasInput(2));
    if (!isProduct || !node.output().element().isFloat() || !isMatrix(node)) {
      return null;
    }
    Side left = Side.of(node.input(0), gemm.transA());
    Side right = Side.of(node.input(1), !gemm.transB());
    return new TurnSum(
        List.of(left.value, right.value),
        stacks ->
            Value.of(
                new Gemm(gemm.alpha(), 1, true, false),
                left.rows(stacks.get(0)),
                right.rows(stacks.get(1))));
  }

  /** Whether both factors are matrices. */
  private static boolean isMatrix(Node product) {
    return product.inputs().stream()
        .limit(2)
        .allMatch(v -> v.shape().isRanked() && v.shape().rank() == 2);
  }

  /**
   * One factor.
   *
   * @param isInnerFirst whether its first axis is the one that the product sums over
   */
  private record Side(Value value, boolean isInnerFirst) {
    static Side of(Value value, boolean isInnerFirst) {
      boolean turned = value.op() instanceof Transpose;
      return turned
          ? new Side(value.node().input(0), !isInnerFirst)
          : new Side(value, isInnerFirst);
    }

    /** The inner axes of all turns as one, which comes first. */
    Value rows(Value stack) {
      return (isInnerFirst ? stack : stack.transpose(0, 2, 1)).flatten(2);
    }
  }
}
