package dev.sardonyx.nn;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One call of {@code fit}: epochs of batches, validation, callbacks. */
final class FitLoop implements Training {
  private final Trainer trainer;
  private final Fit options;
  private final List<Tensor> x;
  private final List<Tensor> y;
  private final @Nullable Tensor sampleWeight;
  private final List<Tensor> validationX;
  private final List<Tensor> validationY;
  private final @Nullable Tensor validationWeight;
  private final int rows;
  private boolean stopped;

  FitLoop(Trainer trainer, List<Tensor> x, List<Tensor> y, Fit options) {
    this.trainer = trainer;
    this.options = options;
    List<Tensor> xs = trainer.adaptInputs(x);
    List<Tensor> ys = trainer.adaptTargets(y);
    Tensor weights = SampleWeights.of(options, ys);
    List<Tensor> all = Trainer.join(xs, ys);
    long count = Samples.count(weights == null ? all : Trainer.join(all, List.of(weights)));
    // As in Keras the samples held back are the last ones, taken before any shuffling.
    long split = (long) Math.floor(count * (1 - options.validationSplit()));
    boolean splits = options.validationX().isEmpty() && split < count;
    this.rows = Math.toIntExact(splits ? split : count);
    this.x = Trainer.rows(xs, 0, rows);
    this.y = Trainer.rows(ys, 0, rows);
    this.sampleWeight = weights == null ? null : weights.rows(0, rows);
    this.validationX = splits ? Trainer.rows(xs, split, count) : options.validationX();
    this.validationY = splits ? Trainer.rows(ys, split, count) : options.validationY();
    // Classes are weighed for training only; a sample's own weight counts wherever it is.
    Tensor own = SampleWeights.own(options.sampleWeight(), ys);
    this.validationWeight = splits && own != null ? own.rows(split, count) : null;
    if (rows == 0) {
      throw new Diagnostic(
              "NN-077",
              "there are no samples to train on",
              Location.current(),
              "samples: %s   validation split: %s".formatted(count, options.validationSplit()),
              "give at least one sample beyond those held back for validation")
          .exception();
    }
  }

  History run() {
    History history = new History();
    Progress progress = Progress.of(options, batches());
    options.callbacks().forEach(c -> c.onTrainBegin(this));
    for (int epoch = options.initialEpoch(); epoch < options.epochCount() && !stopped; epoch++) {
      progress.begin(epoch);
      int now = epoch;
      options.callbacks().forEach(c -> c.onEpochBegin(this, now));
      Map<String, Double> logs = epoch(epoch, progress);
      logs.putAll(validate());
      progress.end(logs);
      history.add(epoch, logs);
      options.callbacks().forEach(c -> c.onEpochEnd(this, now, logs));
    }
    trainer.takeAverages();
    progress.finish();
    options.callbacks().forEach(c -> c.onTrainEnd(this));
    return history;
  }

  private int batches() {
    return (rows + options.batchSize() - 1) / options.batchSize();
  }

  private Map<String, Double> epoch(int epoch, Progress progress) {
    int[] order = order(epoch);
    Totals totals = trainer.stepTotals(sampleWeight != null);
    for (int batch = 0; batch < batches(); batch++) {
      int from = batch * options.batchSize();
      int to = Math.min(rows, from + options.batchSize());
      Tensor weights = sampleWeight == null ? null : Samples.gather(sampleWeight, order, from, to);
      trainer.step(gather(x, order, from, to), gather(y, order, from, to), weights, totals);
      progress.batch(batch, totals);
      int now = batch;
      options.callbacks().forEach(c -> c.onTrainBatchEnd(this, now, totals.logs()));
    }
    return totals.logs();
  }

  /** The order of the samples: a function of the seed and of the epoch, so that a resume agrees. */
  private int[] order(int epoch) {
    int[] order = IntStream.range(0, rows).toArray();
    if (options.shuffle()) {
      SplittableRandom random =
          Seeds.stream(trainer.model().weightStore().seed(), "shuffle/" + epoch);
      for (int i = rows - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }
    return order;
  }

  private static List<Tensor> gather(List<Tensor> tensors, int[] order, int from, int to) {
    List<Tensor> gathered = new ArrayList<>(tensors.size());
    tensors.forEach(t -> gathered.add(Samples.gather(t, order, from, to)));
    return gathered;
  }

  private Map<String, Double> validate() {
    Map<String, Double> logs = new LinkedHashMap<>();
    if (!validationX.isEmpty()) {
      trainer
          .evaluate(validationX, validationY, validationWeight, options.batchSize())
          .forEach((name, value) -> logs.put("val_" + name, value));
    }
    return logs;
  }

  @Override
  public Model model() {
    return trainer.model();
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public double learningRate() {
    return trainer.compilation().optimizer().learningRate(trainer.step());
  }

  @Override
  public void learningRate(double rate) {
    trainer.compilation().optimizer().learningRate(rate);
  }
}
