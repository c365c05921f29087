package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A layer of your own without weights: {@code lambda("double", x -> x.mul(2))}. It is part of an
 * exported graph, but a model that has one cannot be saved as a model, only its weights.
 */
public final class Lambda extends Layer {
  private final int inputs;
  private final Function<List<Value>, List<Value>> function;

  private Lambda(String name, int inputs, Function<List<Value>, List<Value>> function) {
    this.inputs = inputs;
    this.function = function;
    named(name);
  }

  /** A function of one input. */
  public static Lambda lambda(String name, UnaryOperator<Value> function) {
    return new Lambda(name, 1, in -> List.of(function.apply(in.get(0))));
  }

  /** A function of two inputs. */
  public static Lambda lambda(String name, BinaryOperator<Value> function) {
    return new Lambda(name, 2, in -> List.of(function.apply(in.get(0), in.get(1))));
  }

  /** A function of any number of inputs, with any number of results. */
  public static Lambda lambdaOfMany(String name, Function<List<Value>, List<Value>> function) {
    return new Lambda(name, -1, function);
  }

  @Override
  protected List<Value> call(Call call, List<Value> given) {
    if (inputs >= 0 && given.size() != inputs) {
      throw refuse(
          "NN-015",
          "%s takes %s, got %s"
              .formatted(name(), inputs == 1 ? "1 input" : "2 inputs", given.size()),
          given.stream().map(Value::tensorType).toList(),
          "apply it to as many tensors as its function has parameters");
    }
    return function.apply(given);
  }

  /** Refused: a function has no configuration. */
  @Override
  public void configure(Config config) {
    throw new Diagnostic(
            "NN-020",
            "Lambda " + name() + " cannot be written to a file: it is a function in Java",
            Location.current(),
            "layer made at " + at(),
            "save the model's weights and build the model in code, or export the graph")
        .exception();
  }
}
