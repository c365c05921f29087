package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What types alone say of a truth value: exporters ask for ranks and extents in a graph where they
 * are known, and branch on the answer.
 */
public final class Truth {
  /** Conditions are short. */
  private static final int MAX_DEPTH = 16;

  private Truth() {}

  /** The one boolean that the value certainly is; null if that depends on data. */
  public static @Nullable Boolean of(Value value) {
    return of(value, MAX_DEPTH);
  }

  private static @Nullable Boolean of(Value value, int depth) {
    Tensor constant = value.constant();
    if (constant != null) {
      boolean one = constant.element() == ElementType.BOOL && constant.size() == 1;
      return one ? constant.getLong(0) != 0 : null;
    }
    Node node = value.node();
    if (depth == 0 || node.inputs().isEmpty() || !node.hasInput(0)) {
      return null;
    }
    Op op = node.op();
    if (op instanceof Elementwise.Cast cast) {
      return cast.to() == ElementType.BOOL ? nonZero(node.input(0), depth) : null;
    }
    if (op instanceof Comparison) {
      return node.inputs().size() == 2 ? compare(op, node, depth) : null;
    }
    boolean sameElements =
        op instanceof Elementwise.Identity
            || op instanceof Layout.Reshape
            || op instanceof Layout.Squeeze
            || op instanceof Layout.Unsqueeze;
    boolean not = op instanceof Elementwise.Not;
    Boolean x = sameElements || not ? of(node.input(0), depth - 1) : null;
    return x == null ? null : x != not;
  }

  private static @Nullable Boolean nonZero(Value value, int depth) {
    Dim number = number(value);
    if (number != null && number.isFixed()) {
      return !number.is(0);
    }
    boolean bool = value.tensorType().element() == ElementType.BOOL;
    return bool ? of(value, depth - 1) : null;
  }

  private static @Nullable Boolean compare(Op op, Node node, int depth) {
    if (op instanceof Comparison.And || op instanceof Comparison.Or) {
      Boolean a = of(node.input(0), depth - 1);
      Boolean b = of(node.input(1), depth - 1);
      boolean deciding = op instanceof Comparison.Or;
      if (Boolean.valueOf(deciding).equals(a) || Boolean.valueOf(deciding).equals(b)) {
        return isOne(node) ? deciding : null;
      }
      return a == null || b == null ? null : !deciding;
    }
    Dim a = number(node.input(0));
    Dim b = number(node.input(1));
    if (a == null || b == null) {
      return null;
    }
    Dim difference = a.minus(b);
    return difference.isFixed() ? compare(op, difference.value()) : null;
  }

  /** What is known of one operand alone decides only if the other is one truth value, too. */
  private static boolean isOne(Node node) {
    return node.output().tensorType().shape().isFixed()
        && node.output().tensorType().shape().size().is(1);
  }

  private static @Nullable Boolean compare(Op op, long difference) {
    if (op instanceof Comparison.Equal) {
      return difference == 0;
    }
    if (op instanceof Comparison.Less) {
      return difference < 0;
    }
    if (op instanceof Comparison.LessOrEqual) {
      return difference <= 0;
    }
    if (op instanceof Comparison.Greater) {
      return difference > 0;
    }
    return op instanceof Comparison.GreaterOrEqual ? difference >= 0 : null;
  }

  /** The one integer that the value is, in symbols. */
  private static @Nullable Dim number(Value value) {
    List<Dim> content = value.node().content();
    return content != null && content.size() == 1 && value.index() == 0 ? content.get(0) : null;
  }
}
