package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Constant;
import org.jspecify.annotations.Nullable;

/** y = x · gamma, with a factor for each channel; of Keras's ConvNeXt. Touvron et al. 2021. */
public final class LayerScale extends SingleInputLayer {
  private double initValues = 1e-6;
  private @Nullable Long projectionDim;
  private @Nullable Weight gamma;

  LayerScale() {}

  /**
   * @param initValues what the factors begin with
   */
  public static LayerScale layerScale(double initValues) {
    LayerScale made = new LayerScale();
    made.initValues = initValues;
    return made;
  }

  @Override
  protected void build(TensorType input) {
    long channels =
        projectionDim != null
            ? projectionDim
            : Axes.extent(this, input, Axes.rankAtLeast(this, input, 1) - 1);
    gamma = addWeight("gamma", Constant.constant(initValues), null, true, channels);
  }

  @Override
  protected Value call(Call call, Value x) {
    return x.cast(computeType()).mul(call.weight(built(gamma)));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    initValues = config.number("init_values", initValues);
    projectionDim = config.optionalInteger("projection_dim", projectionDim);
  }
}
