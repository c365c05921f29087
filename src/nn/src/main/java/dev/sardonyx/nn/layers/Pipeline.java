package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers one behind the other, as one layer. */
public final class Pipeline extends ArgumentLayer {
  private List<Layer> layers = List.of();

  Pipeline() {}

  /** These layers, the first on the input. */
  public static Pipeline pipeline(Layer... layers) {
    Pipeline made = new Pipeline();
    made.layers = List.of(layers);
    return made;
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    List<Masked> last = List.of(given.tensor(this, 0, "inputs"));
    for (Map.Entry<String, Layer> layer : parts().entrySet()) {
      last = call.apply(layer.getKey(), layer.getValue(), Arguments.of(last));
    }
    return last;
  }

  @Override
  public Map<String, Layer> parts() {
    Map<String, Layer> parts = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Layer layer : layers) {
      String name = Names.snakeCase(layer.className());
      int k = counts.merge(name, 1, Integer::sum) - 1;
      parts.put("layers/" + (k == 0 ? name : name + "_" + k), layer);
    }
    return parts;
  }

  @Override
  public List<State> states() {
    return layers.stream().flatMap(layer -> layer.states().stream()).toList();
  }

  @Override
  public Layer trainable(boolean isTrainable) {
    layers.forEach(layer -> layer.trainable(isTrainable));
    return super.trainable(isTrainable);
  }

  @Override
  public void configure(Config config) {
    named(config.optionalText("name", name()));
    layers = config.objects("layers", Layer.class, layers);
    if (config.has("trainable")) {
      trainable(config.flag("trainable", true));
    }
    if (config.has("dtype")) {
      config.json("dtype", null);
    }
  }
}
