package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The number of the bin that the elements of several inputs fall into together, by one hash of all:
 * [batch] or [batch, 1], of texts or integers. It runs in Java in front of the graph.
 */
public final class HashedCrossing extends Layer implements JavaLayer {
  private static final long KEY = 0xDECAFCAFFEL;
  private static final long MULTIPLIER = 0xc6a4a7935bd1e995L;
  private static final DTypePolicy WHOLE = DTypePolicy.of("int64");

  private long numBins = 1;
  private CategoryOutput outputMode = CategoryOutput.INT;

  HashedCrossing() {
    dtype(WHOLE);
  }

  /**
   * @param numBins how many bins there are, at least 1
   */
  public static HashedCrossing hashedCrossing(long numBins) {
    HashedCrossing made = new HashedCrossing();
    made.numBins = Allowed.atLeast(1, made, "num_bins", numBins);
    return made;
  }

  /** What becomes of the bin numbers: they stay, int64, or become one-hot vectors of floats. */
  public HashedCrossing outputMode(CategoryOutput mode) {
    mode(mode);
    if (mode != CategoryOutput.INT && dtype() == WHOLE) {
      dtype(DTypePolicy.FLOAT32);
    }
    return this;
  }

  private void mode(CategoryOutput mode) {
    outputMode = CategoryOptions.allowed(this, mode, CategoryOutput.INT, CategoryOutput.ONE_HOT);
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected List<Value> call(Call call, List<Value> inputs) {
    check(inputs.stream().map(Value::tensorType).toList());
    Value bins = call.inJava(this, inputs);
    return List.of(outputMode.encode(bins, numBins, computeType()));
  }

  private void check(List<TensorType> inputs) {
    if (inputs.size() < 2) {
      throw refuse("NN-015", "crosses at least two inputs", inputs, "give it two or more");
    }
    Shape first = inputs.get(0).shape();
    for (TensorType input : inputs) {
      Shape shape = input.shape();
      boolean single = shape.isRanked() && (shape.rank() < 2 || shape.dim(-1).is(1));
      if (!single || shape.rank() > 2 || shape.rank() != first.rank()) {
        throw refuse(
            "NN-012",
            "needs inputs of one shape, [batch] or [batch, 1]",
            inputs,
            "cross one column with one column");
      }
      if (input.element() != ElementType.STRING && !input.element().isInteger()) {
        throw refuse(
            "NN-043",
            "hashes texts and integers, got " + input.element(),
            inputs,
            "put a Discretization before it, or give texts");
      }
    }
  }

  @Override
  public TensorType resultType(List<TensorType> inputs) {
    return inputs.get(0).with(ElementType.INT64);
  }

  @Override
  public Tensor compute(List<Tensor> inputs) {
    long[] bins = new long[Math.toIntExact(inputs.get(0).size())];
    for (int i = 0; i < bins.length; i++) {
      long hash = KEY;
      for (Tensor input : inputs) {
        hash = join(hash, fingerprint(input, i));
      }
      bins[i] = Long.remainderUnsigned(hash, numBins);
    }
    return Tensor.of(bins).reshape(inputs.get(0).dims());
  }

  private static long fingerprint(Tensor input, int i) {
    return input.element() == ElementType.STRING
        ? FarmHash64.of(input.strings().get(i).getBytes(StandardCharsets.UTF_8))
        : input.getLong(i);
  }

  /** TensorFlow's {@code FingerprintCat64}. */
  private static long join(long a, long b) {
    long result = a ^ MULTIPLIER;
    result ^= FarmHash64.shiftMix(b * MULTIPLIER) * MULTIPLIER;
    result = FarmHash64.shiftMix(result * MULTIPLIER) * MULTIPLIER;
    return FarmHash64.shiftMix(result);
  }

  @Override
  public void configure(Config config) {
    CategoryOptions.nameAndType(this, config);
    numBins = Allowed.atLeast(1, this, "num_bins", config.integer("num_bins", numBins));
    mode(CategoryOptions.mode(config, outputMode));
    config.unsupported("sparse", false);
  }
}
