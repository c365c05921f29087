package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One time step of a recurrent layer: from the step's input and the states before it to an output
 * and the states after it. {@link RNN} runs it over sequences.
 *
 * <pre>{@code
 * final class Sum extends RecurrentCell {
 *   public List<Long> stateSize() {
 *     return List.of(4L);
 *   }
 *
 *   protected List<Value> step(Call call, Value x, List<Value> states) {
 *     Value sum = x.add(states.get(0));
 *     return List.of(sum, sum);
 *   }
 * }
 * }</pre>
 *
 * <p>Weights are made in {@link #build}, from the type of one step's input.
 */
public abstract class RecurrentCell extends Layer {
  /** How wide each state is. */
  public abstract List<Long> stateSize();

  /**
   * The output, then the next states, of the types that the states before them have.
   *
   * @param x the input of one time step: [batch, …]
   */
  protected abstract List<Value> step(Call call, Value x, List<Value> states);

  /**
   * The types of the states: [batch, size] for each of {@link #stateSize}.
   *
   * @param input the type of one step's input
   */
  protected List<TensorType> stateTypes(TensorType input) {
    Dim batch = input.shape().dim(0);
    return stateSize().stream()
        .map(size -> new TensorType(computeType(), Shape.of(List.of(batch, Dim.of(size)))))
        .toList();
  }

  /**
   * The type of the output: that of the first state.
   *
   * @param input the type of one step's input
   */
  protected TensorType outputType(TensorType input) {
    return stateTypes(input).get(0);
  }

  /**
   * What the inputs of all steps give before any state is known, which {@link #step} gets in their
   * place.
   *
   * @param sequence [time, batch, …]
   */
  Value drive(Call call, Value sequence) {
    return sequence;
  }

  /**
   * All outputs [time, batch, units] and the last states by one operator; null where there is none
   * that computes the same.
   *
   * @param lengths how many steps count of each sample; null for all
   */
  @Nullable List<Value> sequence(
      Call call, Value sequence, @Nullable Value lengths, List<Value> initial) {
    return null;
  }

  /** One step by itself. */
  final List<Value> stepAlone(Call call, Value x, List<Value> states) {
    return step(call, drive(call, x.unsqueeze(0)).squeeze(0), states);
  }

  /** States of zeros for a batch as large as that of {@code x}: [batch, …]. */
  final List<Value> zeros(Value x) {
    List<Value> zeros = new ArrayList<>();
    for (TensorType type : stateTypes(x.tensorType())) {
      List<Dim> rest = type.shape().dims().subList(1, type.shape().rank());
      long[] extents = rest.stream().mapToLong(Dim::value).toArray();
      Value shape = Value.concat(0, Extent.of(x, 0), Value.longs(extents));
      zeros.add(Value.scalar(type.element(), 0).expand(shape));
    }
    return zeros;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    Arguments<Masked> plain = withoutTrainingFlag(arguments);
    plain.allow(this, Set.of("states"));
    return Masked.all(call(call, Masked.values(plain.tensors())));
  }

  @Override
  protected final List<Value> call(Call call, List<Value> inputs) {
    TensorType x = inputs.get(0).tensorType();
    int states = stateTypes(x).size();
    if (inputs.size() != states + 1) {
      throw refuse(
          "NN-015",
          "takes the input of a step and %s states, got %s tensors"
              .formatted(states, inputs.size()),
          inputs.stream().map(Value::tensorType).toList(),
          "give the states behind the input; RNN runs a cell over a sequence");
    }
    return stepAlone(call, inputs.get(0), inputs.subList(1, inputs.size()));
  }
}
