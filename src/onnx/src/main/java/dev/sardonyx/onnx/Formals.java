package dev.sardonyx.onnx;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of the inputs of its subgraph.
 *
 * @param all the inputs, as far as it says anything
 * @param firstState the first that carries a state
 * @param states how many carry one
 * @param firstResult the subgraph's first result that is the next state
 */
record Formals(List<Formal> all, int firstState, int states, int firstResult) {
  /** How much the node's word counts. */
  enum Weight {
    /** Only if the file does not declare the input. */
    DEFAULT,
    /** As much as what the file declares. */
    GIVEN,
    /** Whatever the file declares. */
    SETTLED
  }

  /** One input. */
  record Formal(Type type, Weight weight) {}

  /**
   * What a node of this operator says.
   *
   * @param opset the version of the standard that the node is written in
   */
  static Formals of(
      String operator, int opset, Map<String, Object> attributes, List<@Nullable Value> inputs) {
    return switch (operator) {
      case "Loop" -> loop(inputs);
      case "Scan" -> opset < 9 ? batchedScan(attributes, inputs) : scan(attributes, inputs);
      case "SequenceMap" -> elements(inputs);
      default -> new Formals(List.of(), 0, 0, 0);
    };
  }

  private static Formals loop(List<@Nullable Value> inputs) {
    List<Formal> all = new ArrayList<>();
    all.add(new Formal(TensorType.scalar(ElementType.INT64), Weight.DEFAULT));
    all.add(new Formal(TensorType.scalar(ElementType.BOOL), Weight.DEFAULT));
    int states = given(inputs, 2, inputs.size(), all);
    return new Formals(all, 2, states, 1);
  }

  /** The types of the inputs, up to one that is missing, which the operator refuses later. */
  private static int given(List<@Nullable Value> inputs, int from, int to, List<Formal> all) {
    int count = 0;
    for (int i = from; i < to; i++) {
      Value value = inputs.get(i);
      if (value == null) {
        break;
      }
      all.add(new Formal(value.type(), Weight.GIVEN));
      count++;
    }
    return count;
  }

  private static Formals scan(Map<String, Object> attributes, List<@Nullable Value> inputs) {
    long sequences = attributes.get("num_scan_inputs") instanceof Long n ? n : 0;
    int first = (int) Math.max(0, Math.min(inputs.size(), inputs.size() - sequences));
    List<Formal> all = new ArrayList<>();
    int states = given(inputs, 0, first, all);
    List<?> axes = attributes.get("scan_input_axes") instanceof List<?> list ? list : List.of();
    for (int i = first; states == first && i < inputs.size(); i++) {
      Object axis = i - first < axes.size() ? axes.get(i - first) : null;
      Type type = slice(inputs.get(i), axis instanceof Long a ? a : 0);
      if (type == null) {
        break;
      }
      all.add(new Formal(type, Weight.GIVEN));
    }
    return new Formals(all, 0, states, 0);
  }

  /** The lengths of the sequences come first, and every tensor has a batch axis first. */
  private static Formals batchedScan(Map<String, Object> attributes, List<@Nullable Value> inputs) {
    long sequences = attributes.get("num_scan_inputs") instanceof Long n ? n : 0;
    List<Formal> all = new ArrayList<>();
    for (int i = 1; i < inputs.size(); i++) {
      Type type = slice(inputs.get(i), 0);
      if (i >= inputs.size() - sequences && type instanceof TensorType tensor) {
        type = slice(tensor, 0);
      }
      if (type == null) {
        break;
      }
      all.add(new Formal(type, Weight.GIVEN));
    }
    int states = (int) Math.max(0, Math.min(all.size(), inputs.size() - 1 - sequences));
    return new Formals(all, 0, states, 0);
  }

  private static @Nullable Type slice(@Nullable Value sequence, long axis) {
    boolean isTensor = sequence != null && sequence.type() instanceof TensorType;
    return isTensor ? slice(sequence.tensorType(), axis) : null;
  }

  private static @Nullable Type slice(TensorType tensor, long axis) {
    Shape shape = tensor.shape();
    if (!shape.isRanked()) {
      return tensor;
    }
    boolean exists = axis >= -shape.rank() && axis < shape.rank();
    return exists ? tensor.with(shape.remove((int) axis)) : null;
  }

  private static Formals elements(List<@Nullable Value> inputs) {
    List<Formal> all = new ArrayList<>();
    for (Value value : inputs) {
      if (value == null) {
        break;
      }
      Type type = value.type() instanceof Type.Sequence s ? s.element() : value.type();
      all.add(new Formal(type, Weight.GIVEN));
    }
    return new Formals(all, 0, 0, 0);
  }

  /** The same with other types for the state, whatever the file declares of it. */
  Formals withStates(List<Type> types) {
    List<Formal> changed = new ArrayList<>(all);
    for (int i = 0; i < states; i++) {
      changed.set(firstState + i, new Formal(types.get(i), Weight.SETTLED));
    }
    return new Formals(changed, firstState, states, firstResult);
  }

  /** The same with nothing said of the shapes of the state. */
  Formals withoutShapes() {
    return withStates(
        all.subList(firstState, firstState + states).stream()
            .map(f -> f.type().withoutShapes())
            .toList());
  }

  /** Those of the results that are the next state. */
  List<Type> next(List<Type> results) {
    int to = Math.min(results.size(), firstResult + states);
    return results.subList(Math.min(firstResult, to), to);
  }

  /** Those of the subgraph's own inputs that are the state. */
  List<Type> state(List<Type> inputs) {
    int to = Math.min(inputs.size(), firstState + states);
    return inputs.subList(Math.min(firstState, to), to);
  }
}
