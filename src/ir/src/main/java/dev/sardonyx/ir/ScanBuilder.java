package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@code Scan} step by step: states, then elements, then what a step gives. What is made
 * after the builder lies in the body, what existed before is captured.
 */
public final class ScanBuilder {
  private final Closure closure = new Closure();
  private final List<Value> initial = new ArrayList<>();
  private final List<Value> states = new ArrayList<>();
  private final List<Value> scanned = new ArrayList<>();
  private final List<Value> elements = new ArrayList<>();
  private final List<Long> inputAxes = new ArrayList<>();
  private final List<Long> inputDirections = new ArrayList<>();
  private final List<Value> next = new ArrayList<>();
  private final List<Value> collected = new ArrayList<>();
  private final List<Long> outputAxes = new ArrayList<>();
  private final List<Long> outputDirections = new ArrayList<>();

  /** A state, as the body sees it. */
  public Value state(Value value) {
    initial.add(value);
    states.add(Value.input("state_" + states.size(), value.type()));
    return states.get(states.size() - 1);
  }

  /** One element of a sequence along an axis; a direction of 1 begins at the last. */
  public Value element(Value sequence, long axis, long direction) {
    scanned.add(sequence);
    inputAxes.add(axis);
    inputDirections.add(direction);
    TensorType type = sequence.tensorType();
    Shape shape = type.shape();
    TensorType element =
        shape.isRanked()
            ? type.with(shape.remove((int) Math.floorMod(axis, (long) shape.rank())))
            : type;
    elements.add(Value.input("element_" + elements.size(), element));
    return elements.get(elements.size() - 1);
  }

  /** What the next state is, in the order of the states. */
  public void next(Value value) {
    next.add(value);
  }

  /** What is collected along a new axis; a direction of 1 puts the last step first. */
  public void collect(Value value, long axis, long direction) {
    collected.add(value);
    outputAxes.add(axis);
    outputDirections.add(direction);
  }

  /** The last states, then what was collected. */
  public List<Value> results() {
    List<Value> formals = new ArrayList<>(states);
    formals.addAll(elements);
    List<Value> outputs = new ArrayList<>(next);
    outputs.addAll(collected);
    closure.body("scan", formals, outputs);
    closure.close();
    ControlFlow.Scan op =
        new ControlFlow.Scan(
            closure.body(0),
            elements.size(),
            inputAxes,
            inputDirections,
            outputAxes,
            outputDirections);
    List<Value> own = new ArrayList<>(initial);
    own.addAll(scanned);
    return Node.of(op, closure.inputs(own), Inference.ANY_NUMBER).outputs();
  }
}
