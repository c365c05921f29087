package dev.sardonyx.keras;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lists of Keras 1 and 2 and of every {@code .h5} model: for each layer of the model, by its
 * name, the weights in the order in which the layer lists them.
 *
 * <p>A nested model is one layer here, its weights being the trainable ones of all its layers and
 * then the others.
 *
 * @param file the file that holds them
 * @param layers all layers in the model's order, those without weights too
 * @param topLevel weights that the model has beside its layers; often none
 */
public record NamedWeights(String file, List<Layer> layers, List<Weight> topLevel)
    implements Weights {
  public NamedWeights {
    layers = List.copyOf(layers);
    topLevel = List.copyOf(topLevel);
  }

  /** A layer by name, or null. */
  public @Nullable Layer layer(String name) {
    return layers.stream().filter(layer -> layer.name().equals(name)).findFirst().orElse(null);
  }

  /** One layer of the outermost model. */
  public record Layer(String name, List<Weight> weights) {
    public Layer {
      weights = List.copyOf(weights);
    }
  }

  /**
   * One weight.
   *
   * @param name as the file lists it: {@code dense/kernel:0}, {@code sequential/dense/kernel}, or
   *     just {@code kernel}, by the version of Keras
   */
  public record Weight(String name, Dataset data) {}
}
