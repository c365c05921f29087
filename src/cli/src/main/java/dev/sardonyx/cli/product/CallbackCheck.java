package dev.sardonyx.cli.product;

import dev.sardonyx.cli.Refusal;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Callback;
import dev.sardonyx.nn.callbacks.EarlyStopping;
import dev.sardonyx.nn.callbacks.ReduceLROnPlateau;
import java.util.Map;

/** What a callback does when it is told the values of a trace, one after each epoch. */
record CallbackCheck(KerasReference reference) {
  void run() {
    Arguments arguments = new Arguments(reference.object("arguments"));
    String name = reference.text("callback");
    Callback callback =
        switch (name) {
          case "EarlyStopping" -> earlyStopping(arguments);
          case "ReduceLROnPlateau" -> reduceLROnPlateau(arguments);
          default -> throw Refusal.noCallback(name);
        };
    Tensor values = reference.array(arguments.text("monitor"));
    Map<String, Tensor> rates = reference.present("learning_rate");
    PretendedTraining training = new PretendedTraining();
    rates.values().forEach(rate -> training.learningRate(rate.getDouble(0)));
    callback.onTrainBegin(training);
    int epoch = 0;
    for (; epoch < values.size() && !training.isStopped(); epoch++) {
      training.epoch(epoch);
      callback.onEpochEnd(
          training, epoch, Map.of(arguments.text("monitor"), values.getDouble(epoch)));
      int now = epoch;
      rates
          .values()
          .forEach(
              rate -> same("learning rate " + now, rate.getDouble(now), training.learningRate()));
    }
    callback.onTrainEnd(training);
    compare("epochs", rates.isEmpty() ? null : rates.get("learning_rate").size(), epoch);
    compare("epochs", reference.notes().get("epochs"), epoch);
    compare("weights of epoch", reference.notes().get("weights_of_epoch"), training.weight());
    if (callback instanceof EarlyStopping stopping) {
      compare("stopped at", reference.notes().get("stopped_at_epoch"), stopping.stoppedEpoch());
      compare("best epoch", reference.notes().get("best_epoch"), stopping.bestEpoch());
      compare("best epoch", arguments.values().get("best_epoch"), stopping.bestEpoch());
    }
  }

  private static EarlyStopping earlyStopping(Arguments arguments) {
    EarlyStopping callback =
        EarlyStopping.earlyStopping()
            .monitor(arguments.text("monitor"))
            .minDelta(arguments.number("min_delta", 0))
            .patience((int) arguments.number("patience", 0))
            .startFromEpoch((int) arguments.number("start_from_epoch", 0))
            .restoreBestWeights(Boolean.TRUE.equals(arguments.values().get("restore_best_weights")));
    if (arguments.values().get("baseline") instanceof Number baseline) {
      callback.baseline(baseline.doubleValue());
    }
    if (!arguments.text("mode").equals("auto")) {
      callback.largerIsBetter(arguments.text("mode").equals("max"));
    }
    return callback;
  }

  private static ReduceLROnPlateau reduceLROnPlateau(Arguments arguments) {
    ReduceLROnPlateau callback =
        ReduceLROnPlateau.reduceLROnPlateau()
            .monitor(arguments.text("monitor"))
            .factor(arguments.number("factor", 0.1))
            .minDelta(arguments.number("min_delta", 1e-4))
            .patience((int) arguments.number("patience", 10))
            .cooldown((int) arguments.number("cooldown", 0))
            .minLearningRate(arguments.number("min_lr", 0));
    if (!arguments.text("mode").equals("auto")) {
      callback.largerIsBetter(arguments.text("mode").equals("max"));
    }
    return callback;
  }

  /** What Keras's constructor was given; the callback's state may stand among it. */
  private record Arguments(Map<?, ?> values) {
    String text(String key) {
      if (values.get(key) instanceof String text) {
        return text;
      }
      throw new Mismatch("the callback's arguments have no text " + key);
    }

    double number(String key, double fallback) {
      return values.get(key) instanceof Number number ? number.doubleValue() : fallback;
    }
  }

  private static void compare(String what, Object expected, double actual) {
    if (expected instanceof Number number) {
      same(what, number.doubleValue(), actual);
    }
  }

  private static void same(String what, double expected, double actual) {
    if (!(Math.abs(expected - actual) <= 1e-6 * Math.abs(expected))) {
      throw new Mismatch("%s: expected %s, got %s".formatted(what, expected, actual));
    }
  }
}
