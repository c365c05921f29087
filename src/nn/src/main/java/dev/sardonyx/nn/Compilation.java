package dev.sardonyx.nn;

import dev.sardonyx.compiler.Checkpointing;
import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.optimizers.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a model is trained with: the arguments of Keras's {@code compile}.
 *
 * <p>Losses and metrics go to the outputs in order. One loss for a model of several outputs is used
 * for each of them; outputs beyond the given losses are not trained.
 */
public final class Compilation {
  private final Optimizer optimizer;
  private final List<Loss> losses;
  private List<Double> lossWeights = List.of();
  private final List<List<Reported>> reported = new ArrayList<>();
  private Checkpointing checkpointing = Checkpointing.none();
  private boolean straightThrough;

  /** A metric, and whether sample weights count in it. */
  record Reported(Metric metric, boolean weighted) {}

  private Compilation(Optimizer optimizer, List<Loss> losses) {
    this.optimizer = optimizer;
    this.losses = losses;
  }

  /** Trains by {@code optimizer} to make {@code losses}, one an output, small. */
  public static Compilation of(Optimizer optimizer, Loss... losses) {
    if (losses.length == 0) {
      throw new IllegalArgumentException("a model is compiled with at least one loss");
    }
    return new Compilation(optimizer, List.of(losses));
  }

  /** How much each loss counts; the default is 1. */
  public Compilation lossWeights(double... weights) {
    lossWeights = Arrays.stream(weights).boxed().toList();
    return this;
  }

  /**
   * What to report of the next output: the first call is for output 0. As in Keras, sample weights
   * do not count in these.
   */
  public Compilation metrics(Metric... ofNextOutput) {
    reported.add(new ArrayList<>());
    return add(List.of(ofNextOutput), false);
  }

  /** More to report of the output of the last call of {@link #metrics}, with sample weights. */
  public Compilation weightedMetrics(Metric... ofLastOutput) {
    if (reported.isEmpty()) {
      reported.add(new ArrayList<>());
    }
    return add(List.of(ofLastOutput), true);
  }

  private Compilation add(List<Metric> metrics, boolean weighted) {
    List<Reported> ofOutput = reported.get(reported.size() - 1);
    metrics.forEach(metric -> ofOutput.add(new Reported(metric, weighted)));
    return this;
  }

  /**
   * Which of the network's values the gradient keeps, and which it computes again, to save memory;
   * by default all are kept. Names are those of layers, or of values in imported networks.
   */
  public Compilation checkpointing(Checkpointing choice) {
    if (choice.isOfValues()) {
      throw new IllegalArgumentException("layers are chosen by their names: " + choice);
    }
    checkpointing = choice;
    return this;
  }

  /**
   * Whether gradients pass what an imported network quantizes and dequantizes at once, as if
   * nothing had been rounded; by default no. See {@link Gradients#straightThrough()}.
   */
  public Compilation straightThrough(boolean isStraight) {
    straightThrough = isStraight;
    return this;
  }

  /** The compilation that {@link #config} describes. */
  static Compilation of(Map<String, Object> config) {
    Config reading = Config.reading(config);
    Optimizer optimizer =
        Config.create(Optimizer.class, "optimizer", reading.json("optimizer", null));
    List<Loss> losses = new ArrayList<>();
    for (Object loss : (List<?>) reading.json("losses", List.of())) {
      losses.add(Config.create(Loss.class, "loss", loss));
    }
    Compilation compilation = new Compilation(optimizer, losses);
    compilation.lossWeights = reading.numbers("loss_weights", List.of());
    compilation.checkpointing =
        Checkpointing.parse(reading.text("checkpointing", Checkpointing.none().toString()));
    compilation.straightThrough = reading.flag("straight_through", false);
    Object weighted = reading.json("weighted_metrics", List.of());
    Object plain = reading.json("metrics", List.of());
    for (int i = 0; i < ((List<?>) plain).size(); i++) {
      compilation.metrics(read(plain, i)).weightedMetrics(read(weighted, i));
    }
    reading.finish("Compilation");
    return compilation;
  }

  /** Optimizer, losses and metrics as Keras serializes each of them. */
  Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer", optimizer.serialize());
    config.put("losses", losses.stream().map(Loss::serialize).toList());
    config.put("loss_weights", lossWeights);
    config.put("checkpointing", checkpointing.toString());
    config.put("straight_through", straightThrough);
    config.put("metrics", serialize(false));
    config.put("weighted_metrics", serialize(true));
    return config;
  }

  private List<List<Map<String, Object>>> serialize(boolean weighted) {
    return reported.stream()
        .map(
            ofOutput ->
                ofOutput.stream()
                    .filter(r -> r.weighted == weighted)
                    .map(r -> r.metric.serialize())
                    .toList())
        .toList();
  }

  private static Metric[] read(Object outputs, int output) {
    return ((List<?>) ((List<?>) outputs).get(output))
        .stream().map(m -> Config.create(Metric.class, "metric", m)).toArray(Metric[]::new);
  }

  /** The gradients as chosen, given the values of a layer. */
  Gradients choose(Gradients gradients, Function<String, List<Value>> layer) {
    return gradients.straightThrough(straightThrough).checkpointing(checkpointing.named(layer));
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  /** The losses of {@code outputs} outputs; shorter than that if some are not trained. */
  List<Loss> losses(int outputs) {
    return losses.size() == 1 ? Collections.nCopies(outputs, losses.get(0)) : losses;
  }

  double lossWeight(int output) {
    return output < lossWeights.size() ? lossWeights.get(output) : 1;
  }

  List<Reported> reported(int output) {
    return output < reported.size() ? reported.get(output) : List.of();
  }
}
