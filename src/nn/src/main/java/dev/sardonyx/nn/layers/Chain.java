package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers in a row as one layer: Keras's {@code Sequential} inside another model, where it does not
 * say what it takes.
 */
public final class Chain extends ArgumentLayer {
  private final Map<String, Layer> layers;

  private Chain(Map<String, Layer> layers) {
    this.layers = new LinkedHashMap<>(layers);
  }

  /** These layers, by name, one behind the other. */
  public static Chain of(Map<String, Layer> layers) {
    return new Chain(layers);
  }

  @Override
  public String className() {
    return "Sequential";
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    List<Masked> last = arguments.tensors();
    for (Map.Entry<String, Layer> layer : layers.entrySet()) {
      last = call.apply(layer.getKey(), layer.getValue(), Arguments.of(last));
    }
    return last;
  }

  @Override
  public Map<String, Layer> parts() {
    return layers;
  }

  @Override
  public List<State> states() {
    return layers.values().stream().flatMap(layer -> layer.states().stream()).toList();
  }

  @Override
  public Layer trainable(boolean isTrainable) {
    layers.values().forEach(layer -> layer.trainable(isTrainable));
    return super.trainable(isTrainable);
  }

  @Override
  public void configure(Config config) {
    config.optionalText("name", name());
    config.flag("trainable", isTrainable());
    config.json("layers", layers.values().stream().map(Layer::serialize).toList());
  }
}
