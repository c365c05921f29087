package dev.sardonyx.nn.initializers;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A matrix with {@code gain} on its diagonal, 1 by default, and zeros elsewhere. */
public final class Identity implements Initializer {
  private double gain = 1;

  Identity() {}

  public static Identity identity() {
    return new Identity();
  }

  /** The matrix with {@code gain} on its diagonal. */
  public static Identity identity(double gain) {
    Identity made = new Identity();
    made.gain = Allowed.finite(made, "gain", gain);
    return made;
  }

  @Override
  public float[] generate(long[] dims, SplittableRandom random) {
    if (dims.length != 2) {
      throw new Diagnostic(
              "NN-012",
              "Identity is for matrices, got a weight of the shape " + Arrays.toString(dims),
              Location.current(),
              "shape: " + Arrays.toString(dims),
              "use another initializer for this weight")
          .exception();
    }
    float[] elements = new float[Math.toIntExact(dims[0] * dims[1])];
    for (int i = 0; i < Math.min(dims[0], dims[1]); i++) {
      elements[Math.toIntExact(i * (dims[1] + 1))] = (float) gain;
    }
    return elements;
  }

  @Override
  public void configure(Config config) {
    // Keras takes a gain and does not write it.
    if (gain != 1 || config.has("gain")) {
      gain = Allowed.finite(this, "gain", config.number("gain", gain));
    }
  }
}
