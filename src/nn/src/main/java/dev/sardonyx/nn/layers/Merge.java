package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Several inputs merged element by element. Axes of 1 are stretched; an input with fewer axes gets
 * axes of 1 behind the batch, as in Keras. Where all inputs have a mask, the result's is true where
 * one of them is.
 */
public abstract class Merge extends ArgumentLayer {
  /** The result of inputs that broadcast, in order. */
  abstract Value merge(List<Value> inputs);

  /** The least number of inputs. */
  int least() {
    return 2;
  }

  @Override
  public boolean takesList() {
    return true;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    List<Value> inputs = Options.together(this, Masked.values(arguments.tensors()));
    List<TensorType> types = inputs.stream().map(Value::tensorType).toList();
    if (inputs.size() < least()) {
      throw refuse(
          "NN-015",
          "needs two inputs or more, got " + inputs.size(),
          types,
          "%s().apply(a, b) takes two".formatted(defaultName()));
    }
    int rank = 0;
    for (TensorType type : types) {
      rank = Math.max(rank, Axes.rankAtLeast(this, type, 1));
    }
    int most = rank;
    List<Value> aligned = inputs.stream().map(x -> aligned(x, most)).toList();
    for (Value x : aligned.subList(1, aligned.size())) {
      if (!fits(aligned.get(0).shape(), x.shape())) {
        throw refuse(
            "NN-019",
            "cannot %s %s and %s".formatted(verb(), aligned.get(0).shape(), x.shape()),
            types,
            "the batch must be the same, and two other dimensions must be equal or one of them 1");
      }
    }
    return List.of(new Masked(merge(aligned), mask(arguments.tensors())));
  }

  /** What the layer does to its inputs, for a refusal. */
  String verb() {
    return "merge";
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

  private static @Nullable Value mask(List<Masked> inputs) {
    Value any = null;
    for (Masked input : inputs) {
      if (input.mask() == null) {
        return null;
      }
      any = any == null ? input.mask() : any.or(input.mask());
    }
    return any;
  }
}
