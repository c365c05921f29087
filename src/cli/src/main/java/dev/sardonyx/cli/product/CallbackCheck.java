package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Callback;
import dev.sardonyx.nn.callbacks.EarlyStopping;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a callback does when it is told the values of a trace, one after each epoch. */
record CallbackCheck(KerasReference reference) {
  void run() {
    Map<?, ?> arguments = reference.object("arguments");
    Callback callback = KerasCallbacks.of(reference.text("callback"), arguments);
    PretendedTraining training = new PretendedTraining();
    int epochs = train(callback, String.valueOf(arguments.get("monitor")), training);
    compare("epochs", reference.notes().get("epochs"), epochs);
    compare("weights of epoch", reference.notes().get("weights_of_epoch"), training.weight());
    if (callback instanceof EarlyStopping stopping) {
      compare("stopped at", reference.notes().get("stopped_at_epoch"), stopping.stoppedEpoch());
      compare("best epoch", reference.notes().get("best_epoch"), stopping.bestEpoch());
      compare("best epoch", arguments.get("best_epoch"), stopping.bestEpoch());
    }
  }

  /** Returns the number of epochs; the learning rate is compared after each, if the case has it. */
  private int train(Callback callback, String monitor, PretendedTraining training) {
    Tensor values = reference.array(monitor);
    Tensor rates = reference.arrays().get("learning_rate");
    if (rates != null) {
      training.learningRate(rates.getDouble(0));
    }
    callback.onTrainBegin(training);
    int epoch = 0;
    while (epoch < values.size() && !training.isStopped()) {
      training.epoch(epoch);
      callback.onEpochEnd(training, epoch, Map.of(monitor, values.getDouble(epoch)));
      if (rates != null && epoch < rates.size()) {
        compare("rate after epoch " + epoch, rates.getDouble(epoch), training.learningRate());
      }
      epoch++;
    }
    callback.onTrainEnd(training);
    if (rates != null) {
      compare("epochs", rates.size(), epoch);
    }
    return epoch;
  }

  private static void compare(String what, @Nullable Object expected, double actual) {
    if (expected instanceof Number number
        && !(Math.abs(number.doubleValue() - actual) <= 1e-6 * Math.abs(number.doubleValue()))) {
      throw new Mismatch("%s: expected %s, got %s".formatted(what, expected, actual));
    }
  }
}
