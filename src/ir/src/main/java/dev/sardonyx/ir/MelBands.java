package dev.sardonyx.ir;

/**
 * Triangles of equal width on the mel scale, 2595·log₁₀(1 + f/700).
 *
 * @param bands how many there are
 * @param length the length of the transform that makes the spectra
 * @param rate the signal's samples in a second
 */
record MelBands(int bands, long length, long rate) {
  /** The matrix [length / 2 + 1, bands], for bands between two frequencies in hertz. */
  double[] weights(double lower, double upper) {
    int rows = Math.toIntExact(length / 2 + 1);
    double[] weights = new double[Math.multiplyExact(rows, bands)];
    long[] edges = edges(mel(lower), mel(upper));
    for (int band = 0; band < bands; band++) {
      long left = edges[band];
      long center = edges[band + 1];
      long right = edges[band + 2];
      for (long row = Math.max(0, left); row < Math.min(rows, right); row++) {
        double rise = (double) (row - left) / (center - left);
        double fall = (double) (right - row) / (right - center);
        weights[(int) row * bands + band] = row < center ? rise : fall;
      }
      if (center >= 0 && center < rows) {
        weights[(int) center * bands + band] = 1;
      }
    }
    return weights;
  }

  /** The rows at which the bands begin, peak and end. */
  private long[] edges(double low, double high) {
    long[] edges = new long[bands + 2];
    double step = (high - low) / edges.length;
    for (int i = 0; i < edges.length; i++) {
      double hertz = 700 * (Math.pow(10, (low + i * step) / 2595) - 1);
      edges[i] = (long) Math.floor((length + 1) * hertz / rate);
    }
    return edges;
  }

  private static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }
}
