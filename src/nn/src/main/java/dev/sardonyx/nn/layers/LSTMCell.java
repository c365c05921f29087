package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Initializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of {@link LSTM}: gates i, f and o and a candidate made of input and state, c' = f · c +
 * i · candidate and h' = o · activation(c'). Kernels and bias have the gates in the order i, f,
 * candidate, o. The states are h and c.
 */
public final class LSTMCell extends KernelCell<LSTMCell>
    implements RecurrentOptions.Gated<LSTMCell> {
  private boolean unitForgetBias = true;

  LSTMCell() {
    super(4);
  }

  /** A cell of {@code units} neurons, at least 1. */
  public static LSTMCell lstmCell(long units) {
    LSTMCell made = new LSTMCell();
    made.units(units);
    return made;
  }

  @Override
  public LSTMCell self() {
    return this;
  }

  /** Whether the bias of the forget gate begins with ones; it does by default. */
  public LSTMCell unitForgetBias(boolean unit) {
    unitForgetBias = unit;
    return this;
  }

  @Override
  public List<Long> stateSize() {
    return List.of(units(), units());
  }

  @Override
  Initializer biasBegin() {
    Initializer given = settings().biasInitializer;
    return unitForgetBias ? new ForgetBias(given) : given;
  }

  @Override
  protected List<Value> step(Call call, Value driven, List<Value> states) {
    return gated(settings(), split(driven.add(recurrent(call, states.get(0))), 4), states.get(1));
  }

  /** The output, h and c of the sums that the gates i, f, candidate and o get. */
  static List<Value> gated(RecurrentSettings s, List<Value> sums, Value c) {
    Value i = s.recurrentActivation.apply(sums.get(0));
    Value f = s.recurrentActivation.apply(sums.get(1));
    Value next = f.mul(c).add(i.mul(s.activation.apply(sums.get(2))));
    Value h = s.recurrentActivation.apply(sums.get(3)).mul(s.activation.apply(next));
    return List.of(h, h, next);
  }

  @Override
  @Nullable List<Value> sequence(
      Call call, Value sequence, @Nullable Value lengths, List<Value> initial) {
    RecurrentSettings s = settings();
    FusedFunctions functions = FusedFunctions.of(s.recurrentActivation, s.activation, s.activation);
    Value x = functions == null ? null : dropped(call, sequence);
    if (functions == null || x == null) {
      return null;
    }
    Value bias = bias(call);
    Recurrent op =
        new Recurrent.LSTM(
            functions.alphas(),
            functions.betas(),
            functions.names(),
            null,
            Recurrent.Direction.FORWARD,
            units(),
            false,
            0);
    return FusedFunctions.run(
        op,
        x,
        onnxOrder(kernel(call)).transpose(1, 0),
        onnxOrder(recurrentKernel(call)).transpose(1, 0),
        bias == null ? null : Value.concat(0, onnxOrder(bias), bias.zerosLike()),
        lengths,
        initial);
  }

  /** From i, f, candidate, o to i, o, f, candidate along the last axis. */
  private Value onnxOrder(Value weights) {
    List<Value> gates = split(weights, 4);
    return Value.concat(-1, gates.get(0), gates.get(3), gates.get(1), gates.get(2));
  }

  @Override
  void configureOptions(Config config) {
    super.configureOptions(config);
    unitForgetBias = config.flag("unit_forget_bias", unitForgetBias);
  }
}
