package dev.sardonyx.nn.layers;

/**
 * Long short-term memory, Hochreiter and Schmidhuber 1997: [batch, time, width] becomes [batch,
 * units], or [batch, time, units]. Its states are h and c; {@link LSTMCell} has the formulas.
 */
public final class LSTM extends CellLayer<LSTM, LSTMCell> implements RecurrentOptions.Gated<LSTM> {
  LSTM() {
    super(new LSTMCell(), "lstm_cell");
  }

  /** A layer of {@code units} units, at least 1. */
  public static LSTM lstm(long units) {
    LSTM made = new LSTM();
    made.cell().units(units);
    return made;
  }

  @Override
  public LSTM self() {
    return this;
  }

  /** Whether the bias of the forget gate begins with ones; it does by default. */
  public LSTM unitForgetBias(boolean unit) {
    cell().unitForgetBias(unit);
    return this;
  }
}
