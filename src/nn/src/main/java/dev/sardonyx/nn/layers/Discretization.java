package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of the bin that each number lies in. The boundary between two bins belongs to the
 * second; they are given, or found by {@link #adapt}.
 */
public final class Discretization extends SingleInputLayer {
  private @Nullable List<Double> binBoundaries;
  private @Nullable Long numBins;
  private double epsilon = 0.01;
  private CategoryOutput outputMode = CategoryOutput.INT;

  Discretization() {}

  /**
   * @param binBoundaries the boundaries between bins, ascending
   */
  public static Discretization discretization(double... binBoundaries) {
    Discretization made = new Discretization();
    made.binBoundaries = made.ascending(Arrays.stream(binBoundaries).boxed().toList());
    return made;
  }

  /**
   * Boundaries that {@link #adapt} finds.
   *
   * @param numBins how many bins there are, with about as many numbers in each
   */
  public static Discretization bins(long numBins) {
    Discretization made = new Discretization();
    made.numBins = Allowed.atLeast(1, made, "num_bins", numBins);
    return made;
  }

  private List<Double> ascending(List<Double> boundaries) {
    for (int i = 1; i < boundaries.size(); i++) {
      if (!(boundaries.get(i - 1) <= boundaries.get(i))) {
        throw Allowed.refusal(
            this, "bin_boundaries", "numbers in ascending order", boundaries, "sort them");
      }
    }
    return boundaries;
  }

  /** How exact {@link #adapt} is: the share of the data by which a boundary may be off; 0.01. */
  public Discretization epsilon(double share) {
    epsilon = Allowed.positive(this, "epsilon", share);
    return this;
  }

  /** What becomes of the bin numbers; they stay by default. */
  public Discretization outputMode(CategoryOutput mode) {
    outputMode =
        CategoryOptions.allowed(
            this,
            mode,
            CategoryOutput.INT,
            CategoryOutput.ONE_HOT,
            CategoryOutput.MULTI_HOT,
            CategoryOutput.COUNT);
    return this;
  }

  /** Finds boundaries that divide {@code data} into bins of about equally many numbers. */
  public Discretization adapt(Tensor data) {
    return adapt(List.of(data));
  }

  /** As {@link #adapt(Tensor)}, in several batches. */
  public Discretization adapt(Iterable<Tensor> batches) {
    if (numBins == null) {
      throw Allowed.refusal(
          this, "num_bins", "given where boundaries are to be found", "null", "use bins(n)");
    }
    QuantileSummary summary = QuantileSummary.EMPTY;
    for (Tensor batch : batches) {
      summary = QuantileSummary.of(batch.toFloatArray(), epsilon).merge(summary, epsilon);
    }
    binBoundaries = summary.boundaries(numBins);
    return this;
  }

  /** The boundaries; null before they are found. */
  public @Nullable List<Double> boundaries() {
    return binBoundaries;
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected Value call(Call call, Value given) {
    Value x = given.cast(ElementType.FLOAT32);
    Value bin = x.unsqueeze(-1).lt(boundaries(call)).not().cast(ElementType.INT64).sum(false, -1);
    ElementType element = outputMode == CategoryOutput.INT ? ElementType.INT32 : computeType();
    return outputMode.encode(bin, depth(), element);
  }

  private long depth() {
    return binBoundaries != null ? binBoundaries.size() + 1 : numBins == null ? 1 : numBins;
  }

  private Value boundaries(Call call) {
    if (binBoundaries != null) {
      double[] numbers = binBoundaries.stream().mapToDouble(b -> b).toArray();
      return Value.constant(Tensor.from(ElementType.FLOAT32, numbers, new long[] {numbers.length}));
    }
    if (call instanceof ShapeProbe) {
      return Value.constant(Tensor.zeros(ElementType.FLOAT32, depth() - 1));
    }
    throw Allowed.refusal(
        this, "bin_boundaries", "known before it is used", "null", "call adapt with data");
  }

  @Override
  public void configure(Config config) {
    CategoryOptions.nameAndType(this, config);
    NumberArray boundaries =
        NumberArray.configure(
            this,
            config,
            "bin_boundaries",
            binBoundaries == null
                ? null
                : new NumberArray(binBoundaries, List.of((long) binBoundaries.size())));
    binBoundaries = boundaries == null ? null : ascending(boundaries.values());
    numBins = config.optionalInteger("num_bins", numBins);
    epsilon = config.number("epsilon", epsilon);
    outputMode(CategoryOptions.mode(config, outputMode));
    config.unsupported("sparse", false);
  }
}
