package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.Set;

/**
 * Category numbers in [0, num_tokens) as vectors: {@code multi_hot} and {@code count} turn the
 * numbers of a sample into one vector, {@code one_hot} each number. A second argument {@code
 * count_weights} says how much each number counts.
 */
public final class CategoryEncoding extends ArgumentLayer {
  private long numTokens = 1;
  private CategoryOutput outputMode = CategoryOutput.MULTI_HOT;

  CategoryEncoding() {}

  /**
   * @param numTokens how many categories there are, at least 1
   */
  public static CategoryEncoding categoryEncoding(long numTokens) {
    CategoryEncoding made = new CategoryEncoding();
    made.numTokens = Allowed.atLeast(1, made, "num_tokens", numTokens);
    return made;
  }

  /** Multi-hot by default; not {@code int} and not {@code tf_idf}. */
  public CategoryEncoding outputMode(CategoryOutput mode) {
    outputMode =
        CategoryOptions.allowed(
            this, mode, CategoryOutput.MULTI_HOT, CategoryOutput.ONE_HOT, CategoryOutput.COUNT);
    return this;
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    arguments.allow(this, Set.of("count_weights", "training"));
    Value x = arguments.tensor(this, 0, "inputs").value();
    Masked weights = arguments.optional(this, 1, "count_weights");
    if (weights == null) {
      return List.of(Masked.of(outputMode.encode(x, numTokens, computeType())));
    }
    if (outputMode != CategoryOutput.COUNT) {
      List<TensorType> types = List.of(x.tensorType(), weights.type());
      throw refuse(
          "NN-033",
          "takes count_weights only where it counts",
          types,
          "set outputMode(COUNT), or leave count_weights out");
    }
    return List.of(
        Masked.of(CategoryOutput.weighted(x, weights.value(), numTokens, computeType())));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    numTokens = Allowed.atLeast(1, this, "num_tokens", config.integer("num_tokens", numTokens));
    outputMode(CategoryOptions.mode(config, outputMode));
    CategoryOptions.dense(config);
  }
}
