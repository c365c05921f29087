package dev.sardonyx.ir;

import java.util.List;

/** The kernels of support vector machines. */
final class SupportKernels {
  private SupportKernels() {}

  /** How alike each row of {@code x} [N,C] is to each of {@code vectors} [V,C]: [N,V]. */
  static Value likeness(SupportVectors.Kernel kernel, List<Float> params, Value x, Value vectors) {
    double gamma = params.isEmpty() ? 0 : params.get(0);
    double offset = params.isEmpty() ? 0 : params.get(1);
    Value product = x.gemm(vectors, null, false, true);
    return switch (kernel) {
      case LINEAR -> product;
      case POLY -> product.mul(gamma).add(offset).pow(params.get(2));
      case SIGMOID -> product.mul(gamma).add(offset).tanh();
      case RBF -> {
        // Not |x|² - 2x·v + |v|², which loses digits where the two are near.
        Value apart = x.unsqueeze(1).sub(vectors);
        yield apart.square().sum(false, -1).mul(-gamma).exp();
      }
    };
  }
}
