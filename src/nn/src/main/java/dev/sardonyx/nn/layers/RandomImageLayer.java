package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * A layer that changes images at random in training, each image of a batch by itself, and passes
 * them on otherwise.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class RandomImageLayer<L extends RandomImageLayer<L>> extends ImageLayer<L> {
  private @Nullable Long seed;
  private long draws;

  RandomImageLayer() {}

  /** Draws with this seed in the place of the model's. */
  public L seed(long newSeed) {
    seed = newSeed;
    return self();
  }

  final @Nullable Long seed() {
    return seed;
  }

  @Override
  final boolean acts(boolean training) {
    return training;
  }

  @Override
  final Value images(Call call, Value x) {
    draws = 0;
    return changed(call, x);
  }

  /** The images of a training step, channels first. */
  abstract Value changed(Call call, Value x);

  /** The refusal of a layer whose random changes are not written. */
  final DiagnosticException untrained(Value x) {
    return refuse(
        "NN-044",
        "does not make its random changes in training",
        x.tensorType(),
        "leave it out of the model that is trained, or change the images before");
  }

  /** A number in [0, 1) for each element of {@code like}. */
  final Value uniform(Call call, Value like) {
    // Numbers with the same seed would be the same numbers: each draw has its own.
    return seed == null ? call.uniformLike(like) : call.uniformLike(like, seed + draws++);
  }

  /** A number in [from, to) for each image: [batch, 1, 1, 1]. */
  final Value perImage(Call call, Value x, double from, double to) {
    Value pixel = x.slice(1, 0, 1).slice(2, 0, 1).slice(3, 0, 1);
    return uniform(call, pixel).mul(to - from).add(from);
  }

  /** A number in [from, to) for all images: [1, 1, 1, 1]. */
  final Value forAll(Call call, Value x, double from, double to) {
    Value pixel = x.slice(0, 0, 1).slice(1, 0, 1).slice(2, 0, 1).slice(3, 0, 1);
    return uniform(call, pixel).mul(to - from).add(from);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    if (writesSeed() || seed != null || config.has("seed")) {
      seed = config.optionalInteger("seed", seed);
    }
  }

  /** Whether Keras writes the seed. */
  boolean writesSeed() {
    return true;
  }
}
