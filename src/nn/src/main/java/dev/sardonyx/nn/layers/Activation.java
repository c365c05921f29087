package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/** An activation function as a layer of its own. */
public final class Activation extends SingleInputLayer {
  private dev.sardonyx.nn.activations.Activation activation =
      dev.sardonyx.nn.activations.Activation.LINEAR;

  Activation() {}

  public static Activation activation(dev.sardonyx.nn.activations.Activation activation) {
    Activation made = new Activation();
    made.activation = activation;
    return made;
  }

  /** The activation of Keras's {@code name}. */
  public static Activation activation(String name) {
    return activation(dev.sardonyx.nn.activations.Activation.of(name));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Value call(Call call, Value x) {
    return activation.apply(x);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    activation = dev.sardonyx.nn.activations.Activation.option(config, "activation", activation);
  }
}
