package dev.sardonyx.nn.losses;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.config.Names;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model is trained to make small. A loss of your own extends this class and writes {@link
 * #call}.
 *
 * <p>Options that all losses share return a {@code Loss}: they come last in a chain.
 */
public abstract class Loss implements Configurable {
  private static final Map<String, String> IRREGULAR =
      new TreeMap<>(
          Map.of(
              "mse", "MeanSquaredError",
              "mae", "MeanAbsoluteError",
              "mape", "MeanAbsolutePercentageError",
              "msle", "MeanSquaredLogarithmicError",
              "bce", "BinaryCrossentropy",
              "kld", "KLDivergence",
              "kl_divergence", "KLDivergence",
              "logcosh", "LogCosh",
              "ctc", "CTC"));

  /** How the losses of the samples become one number. */
  public enum Reduction {
    /** Their mean over all elements; sample weights multiply first. Keras's default. */
    SUM_OVER_BATCH_SIZE,
    SUM,
    /** The same as {@link #SUM_OVER_BATCH_SIZE}. */
    MEAN,
    /** The weighted mean: divided by the sum of the weights. */
    MEAN_WITH_SAMPLE_WEIGHT,
    /** Not at all. */
    NONE
  }

  private Reduction reduction = Reduction.SUM_OVER_BATCH_SIZE;
  private String name = Names.snakeCase(getClass().getSimpleName());

  /** The loss that Keras calls {@code name}: {@code mse}, {@code mean_squared_error}, … */
  public static Loss of(String name) {
    return Names.create(Loss.class, name, IRREGULAR);
  }

  public Loss reduction(Reduction newReduction) {
    reduction = newReduction;
    return this;
  }

  public Loss named(String newName) {
    name = newName;
    return this;
  }

  public String name() {
    return name;
  }

  /**
   * The losses of the single samples: like {@code yPred} without its last axis, unless the loss
   * says otherwise.
   *
   * @param yTrue of the type {@link #targetType}
   */
  protected abstract Value call(Value yTrue, Value yPred);

  /** The type of targets for predictions of the type {@code yPred}: the same, unless overridden. */
  public TensorType targetType(TensorType yPred) {
    return yPred;
  }

  /**
   * Refuses targets whose numbers the loss cannot take, before they reach a graph.
   *
   * @param targets of the type {@link #targetType}
   * @param yPred the type of the predictions
   */
  public void checkTargets(Tensor targets, TensorType yPred) {}

  /**
   * Where a loss counts, as booleans of the shape of the losses; null for everywhere.
   *
   * @param values what {@link #call} gave
   */
  protected @Nullable Value mask(Value yTrue, Value values) {
    return null;
  }

  /** The losses of the single samples, float32; targets of a wrong shape are refused. */
  public final Value values(Value yTrue, Value yPred) {
    Targets targets = Targets.of(this, yTrue, yPred);
    return call(targets.yTrue(), targets.yPred());
  }

  /**
   * The loss of a batch: a scalar, unless {@link Reduction#NONE} is asked for.
   *
   * @param sampleWeight what {@link #values} is multiplied by, of a shape that broadcasts to theirs
   *     and names the batch axis; or null for ones
   */
  public final Value apply(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    Targets targets = Targets.of(this, yTrue, yPred);
    Value values = call(targets.yTrue(), targets.yPred());
    Value weights = sampleWeight == null ? null : sampleWeight.cast(FLOAT32);
    Value mask = mask(targets.yTrue(), values);
    if (mask != null) {
      weights = Weighting.masked(weights, mask, reduction);
    }
    return Weighting.reduce(values, weights, reduction);
  }

  @Override
  public void configure(Config config) {
    name = config.text("name", name);
    // Keras writes the reduction "none" as that or as null.
    String lower = reduction.name().toLowerCase(Locale.ROOT);
    reduction =
        config.optionalText("reduction", lower) == null
            ? Reduction.NONE
            : config.choice("reduction", reduction);
  }

  @Override
  public String toString() {
    return name;
  }
}
