package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of the bin that each text, or integer as decimal text, falls into by its hash, as
 * TensorFlow hashes: by FarmHash64, or by SipHash-2-4 with a salt. The hashing runs in Java in
 * front of the graph.
 */
public final class Hashing extends SingleInputLayer implements JavaLayer {
  private static final DTypePolicy WHOLE = DTypePolicy.of("int64");

  private long numBins = 1;
  private @Nullable Object maskValue;
  private @Nullable List<Long> salt;
  private CategoryOutput outputMode = CategoryOutput.INT;

  Hashing() {
    dtype(WHOLE);
  }

  /**
   * @param numBins how many bins there are, at least 1
   */
  public static Hashing hashing(long numBins) {
    Hashing made = new Hashing();
    made.numBins = Allowed.atLeast(1, made, "num_bins", numBins);
    return made;
  }

  /** A text that falls into bin 0, and no other does. */
  public Hashing maskValue(String text) {
    maskValue = text;
    return this;
  }

  /** An integer that falls into bin 0, and no other does. */
  public Hashing maskValue(long number) {
    maskValue = number;
    return this;
  }

  /** Hashes by SipHash-2-4, with this for both halves of its key. */
  public Hashing salt(long both) {
    return salt(both, both);
  }

  /** Hashes by SipHash-2-4, with these halves of its key. */
  public Hashing salt(long first, long second) {
    salt = List.of(first, second);
    return this;
  }

  /** What becomes of the bin numbers; they stay, int64, by default, else there are floats. */
  public Hashing outputMode(CategoryOutput mode) {
    mode(mode);
    if (mode != CategoryOutput.INT && dtype() == WHOLE) {
      dtype(DTypePolicy.FLOAT32);
    }
    return this;
  }

  private void mode(CategoryOutput mode) {
    outputMode =
        CategoryOptions.allowed(
            this,
            mode,
            CategoryOutput.INT,
            CategoryOutput.ONE_HOT,
            CategoryOutput.MULTI_HOT,
            CategoryOutput.COUNT);
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected Value call(Call call, Value x) {
    return outputMode.encode(call.inJava(this, List.of(x)), numBins, computeType());
  }

  @Override
  public TensorType resultType(List<TensorType> inputs) {
    return inputs.get(0).with(ElementType.INT64);
  }

  @Override
  public Tensor compute(List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    boolean masks = maskValue != null && numBins > 1;
    long bins = masks ? numBins - 1 : numBins;
    long[] found =
        Buckets.texts(x).stream()
            .mapToLong(text -> Buckets.of(text, bins, salt) + (masks ? 1 : 0))
            .toArray();
    if (masks) {
      for (int i = 0; i < found.length; i++) {
        found[i] = isMask(x, i) ? 0 : found[i];
      }
    }
    return Tensor.of(found).reshape(x.dims());
  }

  private boolean isMask(Tensor x, int i) {
    return x.element() == ElementType.STRING
        ? x.strings().get(i).equals(maskValue)
        : maskValue instanceof Number number && x.getDouble(i) == number.doubleValue();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    numBins = Allowed.atLeast(1, this, "num_bins", config.integer("num_bins", numBins));
    salt = CategoryOptions.salt(this, config, salt);
    maskValue = config.json("mask_value", maskValue);
    mode(CategoryOptions.mode(config, outputMode));
    config.unsupported("sparse", false);
    if (outputMode == CategoryOutput.INT && !dtype().compute().isInteger()) {
      throw Allowed.refusal(
          this, "dtype", "int32 or int64 in the output mode int", dtype(), "leave it out");
    }
  }
}
