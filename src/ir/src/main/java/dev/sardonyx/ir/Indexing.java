package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.Locale;

/** Operators that read or write elements at places which are data. */
public sealed interface Indexing extends Op permits Gathering, Scattering, Selection, Choosing {
  /** What a scatter does with the element that is there already. */
  enum ScatterReduction {
    /** Replaces it. No place may be written to twice. */
    NONE,
    ADD,
    MUL,
    MAX,
    MIN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The methods of a {@link Value} that index it. Negative indices count from the end. */
  sealed interface Methods permits Value {
    Value self();

    /** The slices of {@code axis} at these indices, whose axes take the place of that axis. */
    default Value gather(Value indices, long axis) {
      return Value.of(new Gathering.Gather(axis), self(), indices);
    }

    /**
     * For each index the element with that coordinate on {@code axis}, the others being its own.
     */
    default Value gatherElements(Value indices, long axis) {
      return Value.of(new Gathering.GatherElements(axis), self(), indices);
    }

    /** This with each update put where {@link #gatherElements} would read with its index. */
    default Value scatterElements(
        Value indices, Value updates, long axis, ScatterReduction reduction) {
      return Value.of(new Scattering.ScatterElements(axis, reduction), self(), indices, updates);
    }

    /**
     * A new axis of extent {@code depth} at {@code axis} of the result, with 1 at the index that
     * this holds and 0 elsewhere.
     */
    default Value oneHot(long depth, ElementType element, long axis) {
      Tensor values = Tensor.from(element, new double[] {0, 1}, new long[] {2});
      Value count = Value.constant(Tensor.scalar(depth));
      return Value.of(new Selection.OneHot(axis), self(), count, Value.constant(values));
    }
  }
}
