package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/** What reaches a layer's {@code call} beside its inputs. */
public interface Call {
  /** Whether the model is being trained: dropout drops, batch statistics are taken. */
  boolean training();

  /** The weight as a value. */
  Value weight(Weight weight);

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
  List<Value> apply(String name, Layer layer, List<Value> inputs);
}
