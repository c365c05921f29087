package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In training each element becomes 0 with the probability {@code rate} and is else divided by 1 -
 * rate, so that the expected value stays; otherwise nothing happens. Srivastava et al. 2014.
 */
public final class Dropout extends NoiseLayer {
  private double rate;
  private @Nullable List<@Nullable Long> noiseShape;

  Dropout() {}

  /**
   * @param rate the part of the elements that is dropped, in [0, 1]
   */
  public static Dropout dropout(double rate) {
    Dropout made = new Dropout();
    made.rate = Allowed.fraction(made, "rate", rate);
    return made;
  }

  /**
   * The shape in which is drawn; along axes of 1 all elements are dropped together. -1 stands for
   * the input's own extent.
   */
  public Dropout noiseShape(long... shape) {
    noiseShape = Arrays.stream(shape).mapToObj(d -> d < 0 ? null : (Long) d).toList();
    return this;
  }

  @Override
  public Dropout seed(long newSeed) {
    super.seed(newSeed);
    return this;
  }

  @Override
  Value noisy(Call call, Value x) {
    return dropped(call, x, noiseShape == null ? x : ofShape(x, noiseShape), rate);
  }

  /** A part of {@code x} with an extent of 1 where the shape has one. */
  private Value ofShape(Value x, List<@Nullable Long> shape) {
    if (shape.size() != x.shape().rank()) {
      throw refuse(
          "NN-012",
          "needs inputs whose number of axes is %s, got %s"
              .formatted(shape.size(), x.shape().rank()),
          x.tensorType(),
          "noise_shape names every axis, the batch too");
    }
    Value like = x;
    for (int i = 0; i < shape.size(); i++) {
      Long extent = shape.get(i);
      boolean own = extent == null || x.shape().dim(i).is(extent);
      if (!own && extent != 1) {
        throw Allowed.refusal(this, "noise_shape", "1 or the input's extent", shape, "correct it");
      }
      like = own ? like : like.slice(i, 0, 1);
    }
    return like;
  }

  @Override
  boolean isIdle() {
    return rate == 0;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    rate = Allowed.fraction(this, "rate", config.number("rate", rate));
    Object given = config.json("noise_shape", noiseShape);
    if (given instanceof List<?> list) {
      List<@Nullable Long> shape = new ArrayList<>();
      list.forEach(item -> shape.add(item instanceof Number n ? (Long) n.longValue() : null));
      noiseShape = shape;
    }
  }
}
