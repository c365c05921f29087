package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;

/**
 * Triangles over a spectrum, evenly spaced on HTK's mel scale, 1127·ln(1 + f/700).
 *
 * @param bands how many
 * @param bins how many frequencies the spectrum has, from 0 to half the rate
 */
record MelBands(long bands, long bins, double rate, double lowest, double highest) {
  /** [bins, bands], nothing of the frequency 0. */
  Tensor matrix() {
    float[] weights = new float[Math.toIntExact(bins * bands)];
    double from = mel(lowest);
    double step = (mel(highest) - from) / (bands + 1);
    for (int i = 1; i < bins; i++) {
      double at = mel(rate / 2 * i / (bins - 1));
      for (int j = 0; j < bands; j++) {
        double rising = (at - (from + j * step)) / step;
        double falling = (from + (j + 2) * step - at) / step;
        weights[(int) (i * bands + j)] = (float) Math.max(0, Math.min(rising, falling));
      }
    }
    return Tensor.of(weights, bins, bands);
  }

  private static double mel(double hertz) {
    return 1127 * StrictMath.log(1 + hertz / 700);
  }
}
