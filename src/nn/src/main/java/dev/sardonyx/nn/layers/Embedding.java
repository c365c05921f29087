package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.initializers.RandomUniform;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vector for each integer below {@code input_dim}: [batch, …] becomes [batch, …, output_dim].
 * Floating inputs are cut off to integers.
 */
public class Embedding extends ArgumentLayer {
  private long inputDim;
  private long outputDim;
  private Initializer embeddingsInitializer = RandomUniform.randomUniform();
  private @Nullable Regularizer embeddingsRegularizer;
  private @Nullable Constraint embeddingsConstraint;
  private @Nullable Regularizer activityRegularizer;
  private boolean maskZero;
  private @Nullable Weight embeddings;
  private @Nullable Object quantizationConfig;
  private @Nullable Quantization quantization;

  Embedding() {}

  /**
   * @param inputDim how many integers there are, at least 1: 0 to inputDim - 1
   * @param outputDim how long a vector is, at least 1
   */
  public static Embedding embedding(long inputDim, long outputDim) {
    Embedding made = new Embedding();
    made.sizes(inputDim, outputDim);
    return made;
  }

  final void sizes(long inputs, long outputs) {
    inputDim = Allowed.atLeast(1, this, "input_dim", inputs);
    outputDim = Allowed.atLeast(1, this, "output_dim", outputs);
  }

  /** How the vectors begin: uniform in [-0.05, 0.05) by default. */
  public Embedding embeddingsInitializer(Initializer initializer) {
    embeddingsInitializer = initializer;
    return this;
  }

  /** A penalty on the vectors; there is none by default. */
  public Embedding embeddingsRegularizer(@Nullable Regularizer regularizer) {
    embeddingsRegularizer = regularizer;
    return this;
  }

  /** What the vectors are projected onto after every step; nothing by default. */
  public Embedding embeddingsConstraint(@Nullable Constraint constraint) {
    embeddingsConstraint = constraint;
    return this;
  }

  /** A penalty on the result of a batch, divided by its size; there is none by default. */
  public Embedding activityRegularizer(@Nullable Regularizer regularizer) {
    activityRegularizer = regularizer;
    return this;
  }

  /** Whether 0 stands for padding, which layers behind this one are then told by a mask. */
  public Embedding maskZero(boolean mask) {
    maskZero = mask;
    return this;
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected void build(List<TensorType> inputs) {
    quantization = Quantization.of(this, quantizationConfig);
    if (quantization == null) {
      embeddings =
          addWeight(
                  "embeddings",
                  embeddingsInitializer,
                  embeddingsRegularizer,
                  true,
                  inputDim,
                  outputDim)
              .constraint(embeddingsConstraint);
      return;
    }
    embeddings = quantization.addPacked("embeddings", inputDim, outputDim, inputDim, outputDim);
    long[] grouped = {inputDim, quantization.groups(outputDim)};
    quantization.addScales("embeddings", outputDim, grouped, inputDim);
  }

  /** How the vectors are quantized, or null. */
  final @Nullable Quantization quantization() {
    return quantization;
  }

  /** The table of vectors as it is kept. */
  final Weight table() {
    return built(embeddings);
  }

  final Initializer initializer() {
    return embeddingsInitializer;
  }

  final long inputDim() {
    return inputDim;
  }

  final long outputDim() {
    return outputDim;
  }

  /** The vectors of {@code rows}. */
  private Value vectors(Call call, Value rows) {
    return quantization == null
        ? call.weight(built(embeddings)).gather(rows, 0)
        : quantization.rows(call, call.variable(built(embeddings)), rows);
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    Arguments<Masked> arguments = withoutTrainingFlag(given);
    Value ids = arguments.tensor(this, 0, "inputs").value();
    boolean integer = ids.element() == ElementType.INT32 || ids.element() == ElementType.INT64;
    Value rows = integer ? ids : ids.cast(ElementType.INT32);
    Value y = vectors(call, rows).cast(computeType());
    Penalty.add(call, activityRegularizer, y);
    return List.of(new Masked(y, maskZero ? ids.eq(0).not() : null));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    sizes(config.integer("input_dim", inputDim), config.integer("output_dim", outputDim));
    embeddingsInitializer =
        Options.initializer(config, "embeddings_initializer", embeddingsInitializer);
    embeddingsRegularizer =
        config.object("embeddings_regularizer", Regularizer.class, embeddingsRegularizer);
    activityRegularizer =
        config.object("activity_regularizer", Regularizer.class, activityRegularizer);
    embeddingsConstraint =
        config.object("embeddings_constraint", Constraint.class, embeddingsConstraint);
    maskZero = config.flag("mask_zero", maskZero);
    config.unsupported("lora_rank", null);
    config.unsupported("lora_alpha", null);
    quantizationConfig = config.json("quantization_config", quantizationConfig);
  }
}
