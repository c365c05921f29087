package dev.sardonyx.nn.initializers;

/**
 * How many inputs a unit of a weight has and how many outputs an input reaches, as Keras counts
 * them.
 */
record Fans(double in, double out) {
  /** Of a weight in Keras's layout: axes before the last two are a convolution's window. */
  static Fans of(long[] dims) {
    int rank = dims.length;
    if (rank < 2) {
      double only = rank == 0 ? 1 : dims[0];
      return new Fans(only, only);
    }
    double window = 1;
    for (int i = 0; i < rank - 2; i++) {
      window *= dims[i];
    }
    return new Fans(dims[rank - 2] * window, dims[rank - 1] * window);
  }
}
