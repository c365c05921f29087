package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How gradients are kept small: at most one of the three ways is set. */
record Clipping(
    @Nullable Double clipnorm, @Nullable Double globalClipnorm, @Nullable Double clipvalue) {
  static final Clipping NONE = new Clipping(null, null, null);

  Clipping {
    if (Stream.of(clipnorm, globalClipnorm, clipvalue).filter(Objects::nonNull).count() > 1) {
      throw new Diagnostic(
              "NN-036",
              "an optimizer takes only one of clipnorm, global_clipnorm and clipvalue",
              Location.current(),
              "clipnorm: %s   global_clipnorm: %s   clipvalue: %s"
                  .formatted(clipnorm, globalClipnorm, clipvalue),
              "set one of them")
          .exception();
    }
  }

  List<Value> apply(List<Value> gradients) {
    if (clipnorm != null && clipnorm > 0) {
      return gradients.stream().map(g -> g.mul(scale(squares(g).sqrt(), clipnorm))).toList();
    }
    if (globalClipnorm != null && globalClipnorm > 0 && !gradients.isEmpty()) {
      return byGlobalNorm(gradients, globalClipnorm);
    }
    if (clipvalue != null && clipvalue > 0) {
      return gradients.stream().map(g -> g.clip(-clipvalue, clipvalue)).toList();
    }
    return gradients;
  }

  private static List<Value> byGlobalNorm(List<Value> gradients, double limit) {
    Value norm = gradients.stream().map(Clipping::squares).reduce(Value::add).orElseThrow().sqrt();
    // Adds nothing to a finite norm, and makes the scale of an infinite one not a number.
    Value scale = scale(norm, limit).add(norm.sub(norm));
    return gradients.stream().map(g -> g.mul(scale)).toList();
  }

  private static Value squares(Value gradient) {
    return gradient.square().sum();
  }

  /** The factor that takes a tensor of this norm down to {@code limit}; 1 for one below it. */
  private static Value scale(Value norm, double limit) {
    return norm.scalar(limit).div(norm.max(limit));
  }

  Clipping configured(Config config) {
    return new Clipping(
        config.optionalNumber("clipnorm", clipnorm),
        config.optionalNumber("global_clipnorm", globalClipnorm),
        config.optionalNumber("clipvalue", clipvalue));
  }
}
