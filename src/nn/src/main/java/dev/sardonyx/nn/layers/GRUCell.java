package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of {@link GRU}: gates z and r, made of the input and the state by the recurrent
 * activation, then a candidate made of the input and r times the state, and h' = z · h + (1 - z) ·
 * candidate. Kernels and biases have the gates in the order z, r, candidate.
 */
public final class GRUCell extends KernelCell<GRUCell> implements RecurrentOptions.Gated<GRUCell> {
  private boolean resetAfter = true;

  GRUCell() {
    super(3);
  }

  /** A cell of {@code units} neurons, at least 1. */
  public static GRUCell gruCell(long units) {
    GRUCell made = new GRUCell();
    made.units(units);
    return made;
  }

  @Override
  public GRUCell self() {
    return this;
  }

  /**
   * Whether r multiplies what the state gives to the candidate, which is the default and has a bias
   * of its own, or the state itself.
   */
  public GRUCell resetAfter(boolean after) {
    resetAfter = after;
    return this;
  }

  @Override
  long[] biasDims() {
    return resetAfter ? new long[] {2, 3 * units()} : super.biasDims();
  }

  @Override
  @Nullable Value inputBias(Call call) {
    Value bias = bias(call);
    return bias == null || !resetAfter ? bias : row(call, bias, 0);
  }

  private Value stateBiased(Call call, Value product) {
    Value bias = bias(call);
    return bias == null ? product : product.add(row(call, bias, 1));
  }

  private static Value row(Call call, Value bias, long row) {
    return StepCall.once(call, () -> bias.slice(0, row, row + 1).squeeze(0));
  }

  @Override
  protected List<Value> step(Call call, Value driven, List<Value> states) {
    RecurrentSettings s = settings();
    Value h = states.get(0);
    List<Value> x = split(driven, 3);
    Value z;
    Value r;
    Value through;
    if (resetAfter) {
      List<Value> parts = split(stateBiased(call, recurrent(call, h)), 3);
      z = s.recurrentActivation.apply(x.get(0).add(parts.get(0)));
      r = s.recurrentActivation.apply(x.get(1).add(parts.get(1)));
      through = r.mul(parts.get(2));
    } else {
      List<Value> seen = states(call, h);
      Value kernel = recurrentKernel(call);
      List<Value> matrices = StepCall.once(call, () -> split(kernel, 3));
      z = s.recurrentActivation.apply(x.get(0).add(seen.get(0).matMul(matrices.get(0))));
      r = s.recurrentActivation.apply(x.get(1).add(seen.get(1).matMul(matrices.get(1))));
      through = r.mul(seen.get(2)).matMul(matrices.get(2));
    }
    Value candidate = s.activation.apply(x.get(2).add(through));
    Value next = z.mul(h).add(z.scalar(1).sub(z).mul(candidate));
    return List.of(next, next);
  }

  @Override
  @Nullable List<Value> sequence(
      Call call, Value sequence, @Nullable Value lengths, List<Value> initial) {
    FusedFunctions functions =
        FusedFunctions.of(settings().recurrentActivation, settings().activation);
    Value x = functions == null ? null : dropped(call, sequence);
    if (functions == null || x == null) {
      return null;
    }
    Recurrent op =
        new Recurrent.GRU(
            functions.alphas(),
            functions.betas(),
            functions.names(),
            null,
            Recurrent.Direction.FORWARD,
            units(),
            0,
            resetAfter);
    return FusedFunctions.run(
        op,
        x,
        kernel(call).transpose(1, 0),
        recurrentKernel(call).transpose(1, 0),
        onnxBias(call),
        lengths,
        initial);
  }

  private @Nullable Value onnxBias(Call call) {
    Value bias = bias(call);
    if (bias == null) {
      return null;
    }
    return resetAfter ? bias.reshape(6 * units()) : Value.concat(0, bias, bias.zerosLike());
  }

  @Override
  void configureOptions(Config config) {
    super.configureOptions(config);
    resetAfter = config.flag("reset_after", resetAfter);
  }
}
