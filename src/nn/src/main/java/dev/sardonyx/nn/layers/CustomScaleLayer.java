package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/** y = a + b · scale, for two inputs; of Keras's InceptionResNetV2. */
public final class CustomScaleLayer extends Layer {
  private double scale = 1;

  CustomScaleLayer() {}

  /**
   * @param scale the second input's factor
   */
  public static CustomScaleLayer customScaleLayer(double scale) {
    CustomScaleLayer made = new CustomScaleLayer();
    made.scale = scale;
    return made;
  }

  @Override
  public boolean takesList() {
    return true;
  }

  @Override
  protected List<Value> call(Call call, List<Value> inputs) {
    if (inputs.size() != 2) {
      throw refuse(
          "NN-015",
          "takes two inputs, got " + inputs.size(),
          inputs.stream().map(Value::tensorType).toList(),
          "apply(a, b)");
    }
    return List.of(inputs.get(0).add(inputs.get(1).mul(scale)));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    scale = config.number("scale", scale);
  }
}
