package dev.sardonyx.cli.product;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.Training;
import dev.sardonyx.nn.layers.Dense;
import dev.sardonyx.nn.layers.Input;

/** A training that does nothing but remember what a callback asks of it. */
final class PretendedTraining implements Training {
  private static final String WEIGHT = "dense/kernel";

  private final Model model = Sequential.of(Input.input(1), Dense.dense(1).useBias(false));
  private double learningRate;
  private boolean stopped;

  /** The model's one weight becomes the number of the epoch: it tells whose weights came back. */
  void epoch(int epoch) {
    model.setWeight(WEIGHT, Tensor.of(new float[] {epoch}, 1, 1));
  }

  double weight() {
    return model.weightValues().get(WEIGHT).getDouble(0);
  }

  boolean isStopped() {
    return stopped;
  }

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
    return learningRate;
  }

  @Override
  public void learningRate(double rate) {
    learningRate = rate;
  }
}
