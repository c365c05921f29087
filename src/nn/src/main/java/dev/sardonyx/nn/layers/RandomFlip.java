package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/** In training images are mirrored, one in two. */
public final class RandomFlip extends RandomImageLayer<RandomFlip> {
  /** What changes places. */
  public enum Mode {
    /** Left and right. */
    HORIZONTAL,
    /** Top and bottom. */
    VERTICAL,
    /** Both. */
    HORIZONTAL_AND_VERTICAL
  }

  private Mode mode = Mode.HORIZONTAL_AND_VERTICAL;

  RandomFlip() {}

  /** Which images mirror; both ways at once by default. */
  public static RandomFlip randomFlip(Mode mode) {
    RandomFlip made = new RandomFlip();
    made.mode = mode;
    return made;
  }

  @Override
  RandomFlip self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    Value flips = perImage(call, x, 0, 1).le(0.5);
    Value y = mode == Mode.VERTICAL ? x : flips.where(mirrored(x, 3), x);
    return mode == Mode.HORIZONTAL ? y : flips.where(mirrored(y, 2), y);
  }

  private static Value mirrored(Value x, long axis) {
    return x.slice(
        new long[] {-1}, new long[] {Long.MIN_VALUE}, new long[] {axis}, new long[] {-1});
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    mode = config.choice("mode", mode);
  }
}
