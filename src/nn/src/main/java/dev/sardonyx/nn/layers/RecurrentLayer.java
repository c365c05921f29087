package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer that runs a {@link RecurrentCell} over sequences: [batch, time, …] becomes the cell's
 * last output, or with {@link #returnSequences} all of them. It takes {@code initial_state} and
 * {@code mask} [batch, time]: where that is false, states and output stay as they were.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class RecurrentLayer<L extends RecurrentLayer<L>> extends ArgumentLayer {
  private boolean returnSequences;
  private boolean returnState;
  private boolean goBackwards;
  private boolean stateful;
  private boolean unroll;
  private boolean zeroOutputForMask;
  private @Nullable Regularizer activityRegularizer;
  private final List<State> kept = new ArrayList<>();

  RecurrentLayer() {}

  /** The layer itself. */
  public abstract L self();

  /** What is run. */
  public abstract RecurrentCell cell();

  /** Whether the outputs of all steps are the result, or the last one, which is the default. */
  public L returnSequences(boolean sequences) {
    returnSequences = sequences;
    return self();
  }

  /** Whether the last states are results too; they are not by default. */
  public L returnState(boolean state) {
    returnState = state;
    return self();
  }

  /**
   * Whether steps are taken from the last to the first; results are in the order of the steps
   * taken.
   */
  public L goBackwards(boolean backwards) {
    goBackwards = backwards;
    return self();
  }

  /**
   * Whether a call begins with the states that the one before it ended with; the batch then has one
   * size.
   */
  public L stateful(boolean isStateful) {
    stateful = isStateful;
    return self();
  }

  /** For Keras, which can write out all steps; it makes no difference here. */
  public L unroll(boolean unrolled) {
    unroll = unrolled;
    return self();
  }

  /** Whether the output of a step that a mask leaves out is zeros, not that of the step before. */
  public L zeroOutputForMask(boolean zero) {
    zeroOutputForMask = zero;
    return self();
  }

  /** A penalty on the results of a batch, divided by its size; there is none by default. */
  public L activityRegularizer(@Nullable Regularizer regularizer) {
    activityRegularizer = regularizer;
    return self();
  }

  final boolean returnsSequences() {
    return returnSequences;
  }

  final boolean returnsState() {
    return returnState;
  }

  final boolean goesBackwards() {
    return goBackwards;
  }

  final boolean isStateful() {
    return stateful;
  }

  /** The type of one step's input, as the cell computes with it. */
  private TensorType stepType(TensorType sequence) {
    Axes.rankAtLeast(this, sequence, 3);
    TensorType step = sequence.with(sequence.shape().remove(1));
    return step.element().isFloat() ? step.with(cell().computeType()) : step;
  }

  /** How many states there are for such a sequence. */
  final int stateCount(TensorType sequence) {
    return cell().stateTypes(stepType(sequence)).size();
  }

  @Override
  protected void build(List<TensorType> inputs) {
    TensorType step = stepType(inputs.get(0));
    cell().ensureBuilt(List.of(step));
    if (stateful) {
      Axes.extent(this, inputs.get(0), 0);
      for (TensorType type : cell().stateTypes(step)) {
        kept.add(addState("state_" + kept.size(), type));
      }
    }
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    TensorType step = stepType(given.tensors().get(0).type());
    int states = stateCount(given.tensors().get(0).type());
    SequenceArguments arguments = SequenceArguments.of(this, given, states);
    Value batchFirst = arguments.sequence().value();
    Value x = inOrder(batchFirst.cast(step.element()));
    Value mask = arguments.mask() == null ? null : mask(arguments.mask().value());
    List<Value> initial = initial(call, batchFirst, arguments);
    Recurrence.Result result =
        new Recurrence(call, cell(), mask, zeroOutputForMask).run(x, initial);
    for (int i = 0; i < kept.size(); i++) {
      call.keep(kept.get(i), result.states().get(i));
    }
    Masked passed = arguments.passed();
    return results(call, result, passed == null ? null : passed.value());
  }

  private List<Value> initial(Call call, Value sequence, SequenceArguments arguments) {
    if (arguments.initial().isEmpty()) {
      return kept.isEmpty()
          ? cell().zeros(sequence.slice(1, 0, 1).squeeze(1))
          : kept.stream().map(call::state).map(this::asCell).toList();
    }
    return arguments.initial().stream().map(Masked::value).map(this::asCell).toList();
  }

  private Value asCell(Value state) {
    return state.cast(cell().computeType());
  }

  /** Time first, and the last first where the layer goes backwards. */
  private Value inOrder(Value batchFirst) {
    Value x = Axes.move(batchFirst, 1, 0);
    return goBackwards ? reversed(x, 0) : x;
  }

  static Value reversed(Value x, long axis) {
    return x.slice(
        new long[] {-1}, new long[] {-Long.MAX_VALUE}, new long[] {axis}, new long[] {-1});
  }

  private Value mask(Value given) {
    int rank = given.shape().rank();
    Value flat = rank == 3 && given.shape().dim(2).is(1) ? given.squeeze(2) : given;
    if (flat.shape().rank() != 2) {
      throw refuse(
          "NN-012",
          "needs a mask of two axes, [batch, time]",
          List.of(given.tensorType()),
          "give it a mask that says of each time step whether it counts");
    }
    return inOrder(flat.cast(ElementType.BOOL));
  }

  private List<Masked> results(Call call, Recurrence.Result result, @Nullable Value mask) {
    List<Masked> results = new ArrayList<>();
    Value y = returnSequences ? Axes.move(result.all(), 0, 1) : result.last();
    results.add(new Masked(y.cast(computeType()), returnSequences ? mask : null));
    if (returnState) {
      result.states().forEach(s -> results.add(Masked.of(s.cast(computeType()))));
    }
    results.forEach(r -> Penalty.add(call, activityRegularizer, r.value()));
    return results;
  }

  @Override
  protected boolean changesInTraining() {
    return cell().changesInTraining();
  }

  @Override
  public Map<String, Layer> parts() {
    return Map.of("cell", cell());
  }

  @Override
  public L trainable(boolean isTrainable) {
    super.trainable(isTrainable);
    cell().trainable(isTrainable);
    return self();
  }

  @Override
  public L named(String newName) {
    super.named(newName);
    return self();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    returnSequences = config.flag("return_sequences", returnSequences);
    returnState = config.flag("return_state", returnState);
    goBackwards = config.flag("go_backwards", goBackwards);
    stateful = config.flag("stateful", stateful);
    unroll = config.flag("unroll", unroll);
    zeroOutputForMask = config.flag("zero_output_for_mask", zeroOutputForMask);
    activityRegularizer =
        config.object("activity_regularizer", Regularizer.class, activityRegularizer);
    configureCell(config);
    if (!isTrainable()) {
      cell().trainable(false);
    }
  }

  /** Names the cell, or its options. */
  abstract void configureCell(Config config);
}
