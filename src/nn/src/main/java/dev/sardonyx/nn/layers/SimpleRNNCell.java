package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * h' = activation(x · kernel + h · recurrent_kernel + bias): one step of {@link SimpleRNN}. It is
 * called with the input [batch, width] and the state [batch, units], and gives h' twice: as output
 * and as state.
 */
public final class SimpleRNNCell extends KernelCell<SimpleRNNCell> {
  SimpleRNNCell() {
    super(1);
  }

  /** A cell of {@code units} neurons, at least 1. */
  public static SimpleRNNCell simpleRNNCell(long units) {
    SimpleRNNCell made = new SimpleRNNCell();
    made.units(units);
    return made;
  }

  @Override
  public SimpleRNNCell self() {
    return this;
  }

  @Override
  protected List<Value> step(Call call, Value driven, List<Value> states) {
    Value h = settings().activation.apply(driven.add(recurrent(call, states.get(0))));
    return List.of(h, h);
  }

  @Override
  @Nullable List<Value> sequence(
      Call call, Value sequence, @Nullable Value lengths, List<Value> initial) {
    FusedFunctions functions = FusedFunctions.of(settings().activation);
    Value x = functions == null ? null : dropped(call, sequence);
    if (functions == null || x == null) {
      return null;
    }
    Value bias = bias(call);
    Recurrent op =
        new Recurrent.RNN(
            functions.alphas(),
            functions.betas(),
            functions.names(),
            null,
            Recurrent.Direction.FORWARD,
            units(),
            0);
    return FusedFunctions.run(
        op,
        x,
        kernel(call).transpose(1, 0),
        recurrentKernel(call).transpose(1, 0),
        bias == null ? null : Value.concat(0, bias, bias.zerosLike()),
        lengths,
        initial);
  }
}
