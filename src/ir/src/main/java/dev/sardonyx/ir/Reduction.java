package dev.sardonyx.ir;

/** Operators that summarise a tensor along axes. */
public sealed interface Reduction extends Op permits Reducing, AlongAxis {

  /**
   * The methods of a {@link Value} that reduce it. No axes means all of them; with {@code keepDims}
   * a reduced axis stays, with extent 1.
   */
  sealed interface Methods permits Value {
    Value self();

    /** The sum of all elements, a scalar. */
    default Value sum() {
      return sum(false);
    }

    default Value sum(boolean keepDims, long... axes) {
      return reduce(new Aggregation.ReduceSum(keepDims, false), axes);
    }

    /** The mean of all elements, a scalar. */
    default Value mean() {
      return mean(false);
    }

    default Value mean(boolean keepDims, long... axes) {
      return reduce(new Aggregation.ReduceMean(keepDims, false), axes);
    }

    default Value max(boolean keepDims, long... axes) {
      return reduce(new Aggregation.ReduceMax(keepDims, false), axes);
    }

    default Value min(boolean keepDims, long... axes) {
      return reduce(new Aggregation.ReduceMin(keepDims, false), axes);
    }

    default Value prod(boolean keepDims, long... axes) {
      return reduce(new Aggregation.ReduceProd(keepDims, false), axes);
    }

    /** ln Σ eˣ, without overflow. */
    default Value logSumExp(boolean keepDims, long... axes) {
      return reduce(new Norm.ReduceLogSumExp(keepDims, false), axes);
    }

    /** The index of the first greatest element along {@code axis}, as int64. */
    default Value argMax(long axis, boolean keepDims) {
      return Value.of(new AlongAxis.ArgMax(axis, keepDims, false), self());
    }

    /**
     * This summed over the axes along which {@code like} was broadcast to get its shape: the
     * gradient of {@code like} from the gradient of what it was stretched to.
     */
    default Value sumTo(Value like) {
      return Unbroadcast.sumTo(self(), like);
    }

    private Value reduce(Reducing op, long... axes) {
      return axes.length == 0
          ? Value.of(op, self())
          : Value.of(op, self(), Value.longs(axes.clone()));
    }
  }
}
