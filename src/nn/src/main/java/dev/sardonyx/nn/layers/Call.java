package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/** What reaches a layer's {@code call} beside its inputs. */
public interface Call {
  /** Whether the model is being trained: dropout drops, batch statistics are taken. */
  boolean training();

  /** The weight as a value, floating ones in the type that its layer computes in. */
  default Value weight(Weight weight) {
    Value value = variable(weight);
    return weight.element().isFloat() ? value.cast(weight.owner().dtype().compute()) : value;
  }

  /** The weight as a value, in its own type. */
  Value variable(Weight weight);

  /** What {@link #keep} kept in the call before this one; zeros at first. */
  default Value state(State state) {
    throw new UnsupportedOperationException("no states: " + state);
  }

  /** Keeps {@code newValue} for the next call. */
  default void keep(State state, Value newValue) {
    throw new UnsupportedOperationException("no states: " + state);
  }

  /** The result of a layer that runs in Java in front of the graph. */
  default Value inJava(JavaLayer layer, List<Value> inputs) {
    throw new UnsupportedOperationException("no preprocessing: " + layer);
  }

  /** Sets a weight that no gradient changes, such as a moving average, when the step is done. */
  void update(Weight weight, Value newValue);

  /**
   * Uniform numbers in [0, 1) of the type and shape of {@code like}: a function of the run's seed,
   * the step and the place of this call in the model.
   */
  Value uniformLike(Value like);

  /** As {@link #uniformLike(Value)}, with {@code seed} in the place of the run's. */
  Value uniformLike(Value like, long seed);

  /** Adds a scalar to the loss of a batch, in training and in evaluation. */
  default void addLoss(Value loss) {}

  /** Applies another layer inside this one; its weights come under the name {@code name}. */
  List<Masked> apply(String name, Layer layer, Arguments<Masked> arguments);

  /** As {@link #apply(String, Layer, Arguments)}, on tensors without masks. */
  default List<Value> apply(String name, Layer layer, List<Value> inputs) {
    return Masked.values(apply(name, layer, Arguments.of(Masked.all(inputs))));
  }
}
