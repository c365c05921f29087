package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.Training;
import dev.sardonyx.nn.callbacks.EarlyStopping;
import dev.sardonyx.nn.layers.Dense;
import dev.sardonyx.nn.layers.Input;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Early stopping, told the values that Keras's was told. */
class KerasCallbackCasesTest {
  private static final String WEIGHT = "dense/kernel";

  @TestFactory
  Stream<DynamicTest> callbacks() {
    return KerasCase.all("callbacks").stream().map(c -> dynamicTest(c.name(), () -> run(c)));
  }

  /** A training that does nothing but to remember whether it was stopped. */
  private static final class Recorded implements Training {
    private final Model model = Sequential.of(Input.input(1), Dense.dense(1).useBias(false));
    private boolean stopped;

    @Override
    public Model model() {
      return model;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public double learningRate() {
      throw new AssertionError("early stopping does not ask for the learning rate");
    }

    @Override
    public void learningRate(double rate) {
      throw new AssertionError("early stopping does not change the learning rate");
    }
  }

  private static void run(KerasCase c) {
    Map<?, ?> arguments = c.object("arguments");
    EarlyStopping callback = earlyStopping(arguments);
    String monitor = (String) arguments.get("monitor");
    Recorded training = new Recorded();
    Tensor values = c.array(monitor);
    callback.onTrainBegin(training);
    int epoch = 0;
    while (epoch < values.size() && !training.stopped) {
      // The weight is the number of the epoch, so that it tells whose weights were restored.
      training.model.setWeight(WEIGHT, Tensor.of(new float[] {epoch}, 1, 1));
      callback.onEpochEnd(training, epoch, Map.of(monitor, values.getDouble(epoch)));
      epoch++;
    }
    callback.onTrainEnd(training);
    assertEquals((int) c.number("epochs"), epoch, "epochs");
    assertEquals((int) c.number("stopped_at_epoch"), callback.stoppedEpoch(), "stopped at");
    assertEquals((int) c.number("best_epoch"), callback.bestEpoch(), "best epoch");
    assertEquals(
        c.number("weights_of_epoch"),
        training.model.weightValues().get(WEIGHT).getDouble(0),
        "weights of epoch");
  }

  /** The callback of Keras's constructor arguments; one that is not known fails the case. */
  static EarlyStopping earlyStopping(Map<?, ?> arguments) {
    EarlyStopping callback = EarlyStopping.earlyStopping();
    for (Entry<?, ?> argument : arguments.entrySet()) {
      Object value = argument.getValue();
      switch ((String) argument.getKey()) {
        case "monitor" -> callback.monitor((String) value);
        case "min_delta" -> callback.minDelta(((Number) value).doubleValue());
        case "patience" -> callback.patience(((Number) value).intValue());
        case "start_from_epoch" -> callback.startFromEpoch(((Number) value).intValue());
        case "restore_best_weights" -> callback.restoreBestWeights((boolean) value);
        case "baseline" -> {
          if (value != null) {
            callback.baseline(((Number) value).doubleValue());
          }
        }
        case "mode" -> {
          if (!value.equals("auto")) {
            callback.largerIsBetter(value.equals("max"));
          }
        }
        default -> throw new AssertionError("unknown argument " + argument);
      }
    }
    return callback;
  }
}
