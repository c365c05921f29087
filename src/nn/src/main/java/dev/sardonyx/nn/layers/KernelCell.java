package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Initializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell that is linear in its input and in its state, for each of some gates: kernel [width, gates
 * · units], recurrent kernel [units, gates · units] and bias.
 *
 * @param <L> the cell itself, which options return
 */
abstract class KernelCell<L extends KernelCell<L>> extends RecurrentCell
    implements RecurrentOptions<L> {
  private final RecurrentSettings settings;
  private final int gates;
  private long units;
  private @Nullable Weight kernel;
  private @Nullable Weight recurrentKernel;
  private @Nullable Weight bias;

  KernelCell(int gates) {
    this.gates = gates;
    settings = new RecurrentSettings(gates > 1);
  }

  final void units(long newUnits) {
    units = Allowed.atLeast(1, this, "units", newUnits);
  }

  final long units() {
    return units;
  }

  @Override
  public final RecurrentSettings settings() {
    return settings;
  }

  @Override
  public List<Long> stateSize() {
    return List.of(units);
  }

  /** The shape of the bias. */
  long[] biasDims() {
    return new long[] {gates * units};
  }

  /** How the bias begins. */
  Initializer biasBegin() {
    return settings.biasInitializer;
  }

  @Override
  protected void build(List<TensorType> inputs) {
    TensorType input = inputs.get(0);
    int rank = Axes.rankAtLeast(this, input, 2);
    long width = Axes.extent(this, input, rank - 1);
    RecurrentSettings s = settings;
    kernel =
        addWeight("kernel", s.kernelInitializer, s.kernelRegularizer, true, width, gates * units)
            .constraint(s.kernelConstraint);
    recurrentKernel =
        addWeight(
                "recurrent_kernel",
                s.recurrentInitializer,
                s.recurrentRegularizer,
                true,
                units,
                gates * units)
            .constraint(s.recurrentConstraint);
    if (s.useBias) {
      bias =
          addWeight("bias", biasBegin(), s.biasRegularizer, true, biasDims())
              .constraint(s.biasConstraint);
    }
  }

  private static Weight made(@Nullable Weight weight) {
    if (weight == null) {
      throw new IllegalStateException("a cell that has not seen an input yet");
    }
    return weight;
  }

  final Value kernel(Call call) {
    return call.weight(made(kernel));
  }

  final Value recurrentKernel(Call call) {
    return call.weight(made(recurrentKernel));
  }

  final @Nullable Value bias(Call call) {
    return bias == null ? null : call.weight(bias);
  }

  /** The part of the bias that the inputs get. */
  @Nullable Value inputBias(Call call) {
    return bias(call);
  }

  /** The width that the kernel was built for, refused if {@code x} has another. */
  private void checkWidth(Value x) {
    Dim width = x.shape().dim(-1);
    long built = made(kernel).dims()[0];
    if (width.isFixed() && !width.is(built)) {
      throw refuse(
          "NN-011",
          "was built for inputs of width %s, got %s".formatted(built, width),
          List.of(x.tensorType()),
          "a layer that is applied twice shares its kernel; make another for another width");
    }
  }

  // With dropout of states Keras draws for each gate by itself; else once for all of them.
  @Override
  final Value drive(Call call, Value x) {
    checkWidth(x);
    Value kernel = kernel(call);
    Value driven;
    if (!drops(call, settings.dropout)) {
      driven = product(x, kernel);
    } else {
      Value one = x.slice(0, 0, 1);
      List<Value> parts = new ArrayList<>();
      int draws = gates > 1 && settings.recurrentDropout > 0 ? gates : 1;
      for (Value matrix : StepCall.once(call, () -> split(kernel, draws))) {
        parts.add(product(x.mul(settings.kept(call, one, settings.dropout)), matrix));
      }
      driven = draws == 1 ? parts.get(0) : Value.concat(-1, parts);
    }
    Value added = inputBias(call);
    return added == null ? driven : driven.add(added);
  }

  // ONNX Runtime 1.29 does not survive a transposed bfloat16 in front of a product, which the
  // optimizer fuses; two transposes cancel against the one that brought time to the front.
  private static Value product(Value x, Value matrix) {
    return x.element() == ElementType.BFLOAT16
        ? x.transpose(1, 0, 2).matMul(matrix).transpose(1, 0, 2)
        : x.matMul(matrix);
  }

  /** Whether this call drops; Keras's gated cells ignore a rate of 1. */
  final boolean drops(Call call, double rate) {
    return call.training() && rate > 0 && (rate < 1 || gates == 1);
  }

  /** The inputs of ONNX's operators for whole sequences, after dropout; null if states drop. */
  final @Nullable Value dropped(Call call, Value sequence) {
    checkWidth(sequence);
    if (drops(call, settings.recurrentDropout)) {
      return null;
    }
    return drops(call, settings.dropout)
        ? sequence.mul(settings.kept(call, sequence.slice(0, 0, 1), settings.dropout))
        : sequence;
  }

  /** The state as each gate sees it. */
  final List<Value> states(Call call, Value h) {
    if (!drops(call, settings.recurrentDropout)) {
      return Collections.nCopies(gates, h);
    }
    List<Value> states = new ArrayList<>();
    for (int i = 0; i < gates; i++) {
      states.add(h.mul(settings.kept(call, h, settings.recurrentDropout)));
    }
    return states;
  }

  /** What the state gives to all gates together. */
  final Value recurrent(Call call, Value h) {
    Value matrix = recurrentKernel(call);
    List<Value> states = states(call, h);
    if (states.get(0) == states.get(gates - 1)) {
      return states.get(0).matMul(matrix);
    }
    List<Value> matrices = StepCall.once(call, () -> split(matrix, gates));
    List<Value> products = new ArrayList<>();
    for (int i = 0; i < gates; i++) {
      products.add(states.get(i).matMul(matrices.get(i)));
    }
    return Value.concat(-1, products);
  }

  /** Equal parts along the last axis. */
  final List<Value> split(Value x, int parts) {
    if (parts == 1) {
      return List.of(x);
    }
    long[] sizes = new long[parts];
    Arrays.fill(sizes, gates * units / parts);
    return x.split(-1, sizes);
  }

  @Override
  protected boolean changesInTraining() {
    return settings.drops();
  }

  /** Names the options beside name, trainable and dtype; a layer made of the cell has them too. */
  void configureOptions(Config config) {
    units(config.integer("units", units));
    settings.configure(this, config);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    configureOptions(config);
  }
}
