package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/** In training some images are blurred. */
public final class RandomGaussianBlur extends FactorLayer<RandomGaussianBlur> {
  private List<Long> kernelSize = List.of(3L, 3L);
  private Factor sigma = new Factor(0, 1);

  RandomGaussianBlur() {
    super(0, 1, true, 1);
  }

  /**
   * @param factor how probable that is, in [0, 1]; one number, or the least and the most
   */
  public static RandomGaussianBlur randomGaussianBlur(double... factor) {
    return new RandomGaussianBlur().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomGaussianBlur valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomGaussianBlur self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    Value blurred = Filters.perChannel(this, x, kernel(call, x, kernelSize.get(0)).unsqueeze(1));
    blurred = Filters.perChannel(this, blurred, kernel(call, x, kernelSize.get(1)).unsqueeze(0));
    return clipped(chosen(call, x).where(blurred, x));
  }

  /** A Gauss curve of a random width. */
  private Value kernel(Call call, Value x, long size) {
    double[] squares = new double[(int) size];
    for (int i = 0; i < size; i++) {
      double distance = i - (size - 1) / 2.0;
      squares[i] = -0.5 * distance * distance;
    }
    Value exponents = Value.constant(Tensor.from(x.element(), squares, new long[] {size}));
    Value width = forAll(call, x, sigma.lower(), sigma.upper()).add(1e-6).reshape(1);
    Value curve = exponents.div(width.square()).exp();
    return curve.div(curve.sum(true, 0));
  }

  /** How many pixels the blur takes in along height and width, odd numbers; 3 by default. */
  public RandomGaussianBlur kernelSize(long height, long width) {
    kernelSize = odd(List.of(height, width));
    return this;
  }

  private List<Long> odd(List<Long> sizes) {
    if (sizes.size() != 2 || sizes.stream().anyMatch(size -> size < 1 || size % 2 == 0)) {
      throw Allowed.refusal(this, "kernel_size", "one odd number or two", sizes, "give odd ones");
    }
    return sizes;
  }

  /** The least and the greatest width of the blur, in [0, 1]; 0 to 1 by default. */
  public RandomGaussianBlur sigma(double least, double most) {
    sigma = Factor.of(this, "sigma", NumberArray.of(least, most), 0, 1);
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    kernelSize = odd(config.integers("kernel_size", kernelSize));
    NumberArray given = NumberArray.required(this, config, "sigma", sigma.toNumbers());
    sigma = Factor.of(this, "sigma", given, 0, 1);
  }
}
