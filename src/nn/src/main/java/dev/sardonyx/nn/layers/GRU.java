package dev.sardonyx.nn.layers;

/**
 * Gated recurrent units, Cho et al. 2014: [batch, time, width] becomes [batch, units], or [batch,
 * time, units]. {@link GRUCell} has the formulas.
 */
public final class GRU extends CellLayer<GRU, GRUCell> implements RecurrentOptions.Gated<GRU> {
  GRU() {
    super(new GRUCell(), "gru_cell");
  }

  /** A layer of {@code units} units, at least 1. */
  public static GRU gru(long units) {
    GRU made = new GRU();
    made.cell().units(units);
    return made;
  }

  @Override
  public GRU self() {
    return this;
  }

  /** Whether the reset gate comes after the product with the recurrent kernel, as by default. */
  public GRU resetAfter(boolean after) {
    cell().resetAfter(after);
    return this;
  }
}
