package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lowers one layer onto plain inputs and remembers what it asked for. */
final class ProbeCall implements Call {
  final Map<Weight, Value> weights = new LinkedHashMap<>();
  final Map<String, Value> updates = new LinkedHashMap<>();
  final List<Value> uniform = new ArrayList<>();
  final List<Long> seeds = new ArrayList<>();
  private final boolean training;

  ProbeCall(boolean training) {
    this.training = training;
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public Value variable(Weight weight) {
    return weights.computeIfAbsent(weight, w -> Value.input(w.name(), w.type()));
  }

  @Override
  public void update(Weight weight, Value newValue) {
    updates.put(weight.name(), newValue);
  }

  @Override
  public Value uniformLike(Value like) {
    uniform.add(Value.input("uniform_" + uniform.size(), like.type()));
    return uniform.get(uniform.size() - 1);
  }

  @Override
  public Value uniformLike(Value like, long seed) {
    seeds.add(seed);
    return uniformLike(like);
  }

  @Override
  public List<Masked> apply(String name, Layer layer, Arguments<Masked> arguments) {
    return layer.lower(this, arguments);
  }
}
