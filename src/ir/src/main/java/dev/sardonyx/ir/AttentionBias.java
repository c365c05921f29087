package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is added to the scores of attention: -∞ where a key is closed to a query.
 *
 * @param all the bias
 * @param closed for each query whether all keys are closed to it, [...,L,1]; null if none can be
 */
record AttentionBias(Value all, @Nullable Value closed) {
  private static final int MASK = 3;
  private static final int PAST_KEY = 4;
  private static final int VALID = 6;

  /** The bias, in a shape that broadcasts to [N,H,L,S]; null if there is none. */
  static @Nullable AttentionBias of(
      Expansion e, Attending.Attention op, Value queries, Value keys) {
    ElementType element = e.element(0);
    Value open = new Open(e, op, queries, keys).all();
    Value never = Value.scalar(element, Double.NEGATIVE_INFINITY);
    Value added = null;
    if (e.has(MASK) && e.element(MASK) == ElementType.BOOL) {
      open = Open.and(open, padded(e.x(MASK), keys));
    } else if (e.has(MASK)) {
      added = padded(e.x(MASK).cast(element), keys);
    }
    if (open == null && added == null) {
      return null;
    }
    Value zero = Value.scalar(element, 0);
    Value bias = open == null ? added : open.where(added == null ? zero : added, never);
    boolean causalOnly =
        !e.has(MASK) && !e.has(VALID) && op.leftWindowSize() < 0 && op.rightWindowSize() < 0;
    // The first key stands before every query, or at the first.
    return new AttentionBias(bias, causalOnly ? null : bias.max(true, -1).eq(never));
  }

  /** The bias with 0 for queries to which nothing is open, so that no softmax divides by 0. */
  Value finite() {
    return closed == null ? all : closed.where(all.scalar(0), all);
  }

  /** {@code shares} with 0 for queries to which nothing is open. */
  Value withoutClosedRows(Value shares) {
    return closed == null ? shares : closed.where(shares.scalar(0), shares);
  }

  /** The mask with keys at its end that it does not speak of, which are closed. */
  private static Value padded(Value mask, Value keys) {
    Dim missing = keys.shape().dim(2).minus(mask.shape().dim(-1));
    if (missing.is(0)) {
      return mask;
    }
    Value count =
        missing.isFixed()
            ? Value.longs(missing.value())
            : Extents.axis(keys, 2).sub(Value.of(new Sizing.Shape(-1, null), mask));
    int rank = mask.shape().rank();
    Value pads = Extents.join(List.of(Value.longs(new long[2 * rank - 1]), count));
    Value closed = mask.scalar(mask.element() == ElementType.BOOL ? 0 : Double.NEGATIVE_INFINITY);
    return Value.of(new Slicing.Pad(Slicing.PadMode.CONSTANT), mask, pads, closed);
  }

  /** Which keys are open to which queries by their positions. */
  private record Open(Expansion e, Attending.Attention op, Value queries, Value keys) {
    @Nullable Value all() {
      Value open = null;
      boolean windows = op.leftWindowSize() >= 0 || op.rightWindowSize() >= 0;
      if (op.isCausal() || windows) {
        // How far the key stands before the query.
        Value back = positions().sub(keyIndices());
        if (op.isCausal() || op.rightWindowSize() >= 0) {
          long right = op.isCausal() ? 0 : op.rightWindowSize();
          open = back.ge(-right);
        }
        if (op.leftWindowSize() >= 0) {
          open = and(open, back.le(op.leftWindowSize()));
        }
      }
      return e.has(VALID) ? and(open, keyIndices().lt(e.x(VALID).unsqueeze(1, 2, 3))) : open;
    }

    private static Value and(@Nullable Value a, Value b) {
      return a == null ? b : a.and(b);
    }

    /** The queries' positions: [L,1], or [N,1,L,1] where samples differ. */
    private Value positions() {
      Value rows = indices(queries).unsqueeze(1);
      if (e.has(PAST_KEY)) {
        return rows.add(Extents.axis(e.x(PAST_KEY), 2));
      }
      if (e.has(VALID)) {
        return rows.add(e.x(VALID).sub(Extents.axis(queries, 2)).unsqueeze(1, 2, 3));
      }
      return rows;
    }

    private Value keyIndices() {
      return indices(keys).unsqueeze(0);
    }

    private static Value indices(Value x) {
      Value zero = Value.constant(Tensor.scalar(0L));
      Value one = Value.constant(Tensor.scalar(1L));
      Dim extent = x.shape().dim(2);
      Value end =
          extent.isFixed()
              ? Value.constant(Tensor.scalar(extent.value()))
              : Extents.axis(x, 2).squeeze(0);
      return Value.range(zero, end, one);
    }
  }
}
