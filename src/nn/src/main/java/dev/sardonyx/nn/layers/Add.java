package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The sum of two inputs or more. Axes of 1 are stretched; an input with fewer axes gets axes of 1
 * behind the batch, as in Keras.
 */
public final class Add extends Layer {
  /** For files; in code, {@link #add}. */
  Add() {}

  public static Add add() {
    return new Add();
  }

  @Override
  protected List<Value> call(Call call, List<Value> inputs) {
    List<TensorType> types = inputs.stream().map(Value::tensorType).toList();
    if (inputs.size() < 2) {
      throw refuse(
          "NN-015",
          "needs two inputs or more, got " + inputs.size(),
          types,
          "add().apply(a, b) adds two");
    }
    int rank = 0;
    for (TensorType type : types) {
      rank = Math.max(rank, Axes.rankAtLeast(this, type, 1));
    }
    Value sum = aligned(inputs.get(0), rank);
    for (Value next : inputs.subList(1, inputs.size())) {
      Value other = aligned(next, rank);
      if (!fits(sum.shape(), other.shape())) {
        throw refuse(
            "NN-019",
            "cannot add %s and %s".formatted(sum.shape(), other.shape()),
            types,
            "the batch must be the same, and two other dimensions must be equal or one of them 1");
      }
      sum = sum.add(other);
    }
    return List.of(sum);
  }

  private static Value aligned(Value x, int rank) {
    int missing = rank - x.shape().rank();
    return missing == 0 ? x : x.unsqueeze(LongStream.rangeClosed(1, missing).toArray());
  }

  private static boolean fits(Shape a, Shape b) {
    boolean fits = true;
    for (int i = 0; fits && i < a.rank(); i++) {
      Dim x = a.dim(i);
      Dim y = b.dim(i);
      boolean stretches = i > 0 && (x.is(1) || y.is(1));
      fits = !x.isFixed() || !y.isFixed() || x.equals(y) || stretches;
    }
    return fits;
  }
}
