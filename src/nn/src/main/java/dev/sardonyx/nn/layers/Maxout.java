package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;

/**
 * The greatest of every group of features: y[j] = max over i of x[i · units + j] along an axis, the
 * last by default. Behind a {@link Dense} of k · units neurons these are the maxout units of
 * Goodfellow et al. 2013 with k pieces. Name and options are those of TensorFlow Addons.
 */
public final class Maxout extends SingleInputLayer {
  private long numUnits;
  private long axis = -1;

  Maxout() {}

  /**
   * @param numUnits how many features remain; their number before must be a multiple of it
   */
  public static Maxout maxout(long numUnits) {
    Maxout made = new Maxout();
    made.numUnits = Allowed.atLeast(1, made, "num_units", numUnits);
    return made;
  }

  /** The axis of the features; the batch is axis 0. */
  public Maxout axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  @Override
  protected Value call(Call call, Value x) {
    TensorType input = x.tensorType();
    int along = Axes.resolve(this, input, axis);
    long features = Axes.extent(this, input, along);
    if (features % numUnits != 0) {
      throw refuse(
          "NN-017",
          "needs a multiple of %s features, got %s".formatted(numUnits, features),
          input,
          "each of the units is the greatest of as many features");
    }
    long[] sizes = new long[Math.toIntExact(features / numUnits)];
    Arrays.fill(sizes, numUnits);
    return sizes.length == 1
        ? x
        : Value.of(new Arithmetic.Max(), x.split(along, sizes).toArray(Value[]::new));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    numUnits = Allowed.atLeast(1, this, "num_units", config.integer("num_units", numUnits));
    axis = config.integer("axis", axis);
  }
}
