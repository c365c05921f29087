package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.activations.Activation;

/**
 * A recurrent layer whose state is its last output: h' = activation(x · kernel + h ·
 * recurrent_kernel + bias). [batch, time, width] becomes [batch, units], or [batch, time, units].
 */
public final class SimpleRNN extends CellLayer<SimpleRNN, SimpleRNNCell> {
  SimpleRNN() {
    super(new SimpleRNNCell(), "simple_rnn_cell");
  }

  /** A layer of {@code units} neurons, at least 1. */
  public static SimpleRNN simpleRNN(long units) {
    SimpleRNN made = new SimpleRNN();
    made.cell().units(units);
    return made;
  }

  public static SimpleRNN simpleRNN(long units, Activation activation) {
    return simpleRNN(units).activation(activation);
  }

  @Override
  public SimpleRNN self() {
    return this;
  }
}
