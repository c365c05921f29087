package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Masked;
import dev.sardonyx.nn.layers.Weight;
import java.util.List;

/** A call of what has no weights. */
final class NoCall implements Call {
  @Override
  public boolean training() {
    return false;
  }

  @Override
  public Value variable(Weight weight) {
    throw new AssertionError("operations have no weights");
  }

  @Override
  public void update(Weight weight, Value newValue) {
    throw new AssertionError("operations have no weights");
  }

  @Override
  public Value uniformLike(Value like) {
    throw new AssertionError("operations draw no numbers");
  }

  @Override
  public Value uniformLike(Value like, long seed) {
    return uniformLike(like);
  }

  @Override
  public List<Masked> apply(String name, Layer layer, Arguments<Masked> arguments) {
    throw new AssertionError("operations have no parts");
  }
}
