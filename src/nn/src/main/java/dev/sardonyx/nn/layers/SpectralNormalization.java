package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.TruncatedNormal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose kernel Keras divides by its largest singular value at each step of training. Miyato
 * et al. 2018. In inference it is the layer as it is; training it is refused.
 */
public final class SpectralNormalization extends ArgumentLayer {
  private @Nullable Layer layer;
  private long powerIterations = 1;
  private @Nullable Weight vectorU;

  SpectralNormalization() {}

  /** Around a layer with a kernel or embeddings. */
  public static SpectralNormalization spectralNormalization(Layer layer) {
    SpectralNormalization made = new SpectralNormalization();
    made.layer = layer;
    return made;
  }

  /** How often the singular value is refined at each step; 1 by default. */
  public SpectralNormalization powerIterations(long iterations) {
    powerIterations = Allowed.atLeast(1, this, "power_iterations", iterations);
    return this;
  }

  private Layer layer() {
    if (layer == null) {
      throw new IllegalStateException("there is no layer to normalize");
    }
    return layer;
  }

  @Override
  public Map<String, Layer> parts() {
    return Map.of("layer", layer());
  }

  /** The kernel too, which Keras's wrapper keeps a second time. */
  @Override
  public List<Weight> weights() {
    List<Weight> all = new ArrayList<>(super.weights());
    if (!all.isEmpty()) {
      all.add(0, kernel());
    }
    return all;
  }

  @Override
  protected void buildWith(Arguments<TensorType> arguments) {
    layer().ensureBuilt(arguments.tensors());
    long[] dims = kernel().dims();
    vectorU =
        addWeight(
            "vector_u",
            TruncatedNormal.truncatedNormal(0, 0.02),
            null,
            false,
            1,
            dims[dims.length - 1]);
  }

  private Weight kernel() {
    return layer().weights().stream()
        .filter(w -> w.name().equals("kernel") || w.name().equals("embeddings"))
        .findFirst()
        .orElseThrow(
            () ->
                refuse(
                    "NN-018",
                    "needs a layer with a kernel or embeddings, got " + layer().className(),
                    List.of(),
                    "wrap a Dense, a convolution or an Embedding"));
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    if (call.training()) {
      throw refuse(
          "NN-002",
          "cannot be trained yet",
          List.of(),
          "train the layer inside it, and wrap it for inference");
    }
    return call.apply("layer", layer(), arguments);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    layer = config.object("layer", Layer.class, layer);
    powerIterations(config.integer("power_iterations", powerIterations));
  }
}
