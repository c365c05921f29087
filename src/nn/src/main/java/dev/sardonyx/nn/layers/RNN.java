package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs a cell over sequences: one of Keras's, several {@linkplain StackedRNNCells on top of each
 * other}, or your own.
 */
public final class RNN extends RecurrentLayer<RNN> {
  private @Nullable RecurrentCell cell;

  RNN() {}

  public static RNN rnn(RecurrentCell cell) {
    RNN made = new RNN();
    made.cell = cell;
    return made;
  }

  /** Several cells, each taking the output of the one before. */
  public static RNN rnn(RecurrentCell... cells) {
    return rnn(StackedRNNCells.stackedRNNCells(Arrays.asList(cells)));
  }

  @Override
  public RNN self() {
    return this;
  }

  @Override
  public RecurrentCell cell() {
    if (cell == null) {
      throw new IllegalStateException("the cell is read from the configuration");
    }
    return cell;
  }

  @Override
  void configureCell(Config config) {
    cell = cellOf(this, "cell", config.object("cell", Layer.class, cell));
  }

  /** A layer that a configuration names as a cell, refused if it is none. */
  static RecurrentCell cellOf(Layer owner, String option, @Nullable Layer given) {
    if (given instanceof RecurrentCell cell) {
      return cell;
    }
    throw Allowed.refusal(
        owner,
        option,
        "a recurrent cell",
        given == null ? "nothing" : given,
        "write a cell of your own as a RecurrentCell");
  }
}
