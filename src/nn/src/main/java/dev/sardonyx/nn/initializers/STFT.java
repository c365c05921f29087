package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of a convolution that computes the real or the imaginary part of a short-time Fourier
 * transform: {@code [frame, 1, bins]}, e^(-2πi·t·f / n) times a window over its norm.
 */
public final class STFT implements Initializer {
  private String side = "real";
  private @Nullable Object window = "hann";
  private @Nullable String scaling = "density";
  private boolean periodic;

  STFT() {}

  /**
   * @param side {@code real} or {@code imag}
   * @param window the name of a window of SciPy's, its numbers as a list, or null for none
   * @param scaling {@code density} (by the root of the squares' sum), {@code spectrum} (by the sum)
   *     or null
   * @param periodic whether the window goes on with itself, instead of being symmetric
   */
  public static STFT stft(
      String side, @Nullable Object window, @Nullable String scaling, boolean periodic) {
    STFT made = new STFT();
    made.side = side;
    made.window = window;
    made.scaling = scaling;
    made.periodic = periodic;
    made.check();
    return made;
  }

  private void check() {
    if (!side.equals("real") && !side.equals("imag")) {
      throw Allowed.refusal(this, "side", "real or imag", side, "give one of the two");
    }
    if (scaling != null && !scaling.equals("density") && !scaling.equals("spectrum")) {
      throw Allowed.refusal(
          this, "scaling", "density, spectrum or null", scaling, "give one of these");
    }
    if (window instanceof String name) {
      Windows.of(this, name, 1, periodic);
    } else if (window != null && !isNumbers(window)) {
      throw Allowed.refusal(this, "window", "a name or a list of numbers", window, "correct it");
    }
  }

  private static boolean isNumbers(Object given) {
    return given instanceof List<?> list && list.stream().allMatch(Number.class::isInstance);
  }

  @Override
  public float[] generate(long[] dims, SplittableRandom random) {
    int frame = (int) dims[0];
    int bins = (int) dims[2];
    double[] weights = weights(frame);
    double scale = weights == null ? 1 : scale(weights);
    float[] kernel = new float[Math.multiplyExact(frame, bins)];
    long n = Math.max(2L * (bins - 1), 1);
    for (int t = 0; t < frame; t++) {
      for (int f = 0; f < bins; f++) {
        // The product in whole turns first, so that large frames lose nothing.
        double angle = -2 * StrictMath.PI * ((long) t * f % n) / n;
        double wave = side.equals("real") ? StrictMath.cos(angle) : StrictMath.sin(angle);
        kernel[t * bins + f] = (float) (wave * (weights == null ? 1 : weights[t]) / scale);
      }
    }
    return kernel;
  }

  private double @Nullable [] weights(int frame) {
    if (window instanceof List<?> list) {
      if (list.size() != frame) {
        throw Allowed.refusal(
            this, "window", frame + " numbers", list.size() + " numbers", "give as many");
      }
      return list.stream().mapToDouble(w -> ((Number) w).doubleValue()).toArray();
    }
    return window == null ? null : Windows.of(this, (String) window, frame, periodic);
  }

  private double scale(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += "density".equals(scaling) ? weight * weight : Math.abs(weight);
    }
    return scaling == null ? 1 : scaling.equals("density") ? Math.sqrt(sum) : sum;
  }

  @Override
  public void configure(Config config) {
    side = config.text("side", side);
    window = config.json("window", window);
    periodic = config.flag("periodic", periodic);
    scaling = config.optionalText("scaling", scaling);
    check();
  }
}
