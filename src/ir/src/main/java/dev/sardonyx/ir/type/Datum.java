package dev.sardonyx.ir.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data of any {@link Type}: what goes into a run and comes out of it. */
public sealed interface Datum {
  /** A tensor. */
  record Single(Tensor tensor) implements Datum {}

  /** Values of one type, in order. */
  record Sequence(List<Datum> elements) implements Datum {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** A value that may be absent: null. */
  record Optional(@Nullable Datum content) implements Datum {}

  /**
   * A dictionary.
   *
   * @param keys a vector of integers or strings
   * @param values as many, in the order of the keys
   */
  record Map(Tensor keys, List<Datum> values) implements Datum {
    public Map {
      values = List.copyOf(values);
    }
  }
}
