package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Masked;
import dev.sardonyx.nn.layers.Weight;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Asks layers for what they give in training, with the weights of the moment. */
final class TrainingCall implements Call {
  private final Map<Weight, Value> weights = new IdentityHashMap<>();

  TrainingCall(Model model) {
    List<Weight> all = model.weights();
    List<String> names = List.copyOf(model.weightValues().keySet());
    for (int i = 0; i < all.size(); i++) {
      weights.put(all.get(i), Value.constant(model.weightValues().get(names.get(i))));
    }
  }

  @Override
  public boolean training() {
    return true;
  }

  @Override
  public Value variable(Weight weight) {
    return weights.get(weight);
  }

  @Override
  public void update(Weight weight, Value newValue) {
    weights.put(weight, newValue);
  }

  @Override
  public Value uniformLike(Value like) {
    throw new Mismatch("the model is random in training");
  }

  @Override
  public Value uniformLike(Value like, long seed) {
    return uniformLike(like);
  }

  @Override
  public List<Masked> apply(String name, Layer layer, Arguments<Masked> arguments) {
    return layer.lower(this, arguments);
  }
}
