package dev.sardonyx.ir;

import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code Loop}: the loop runs again and keeps the state before each turn; then a
 * loop over the same turns, the last first, takes each turn's body back. It carries the gradients of
 * the state, and those of the captured values, which add up.
 *
 * <p>States of one shape are kept as one tensor with an axis for the turns; others in a sequence.
 * The condition of a turn that was run is true.
 */
final class LoopGradient {
  /** M and the condition, which come before the state. */
  private static final int COUNTERS = 2;

  private final Pullback p;
  private final Body body;
  private final int states;
  private final List<Value> captured;
  private final List<Value> wanted;
  private final List<Integer> carried = new ArrayList<>();

  private LoopGradient(Pullback p, Body body) {
    this.p = p;
    this.body = body;
    this.captured = Bodies.captured(p.node());
    this.wanted = Bodies.wanted(p);
    this.states = body.formals().size() - COUNTERS;
    for (int j = 0; j < states; j++) {
      if (Cotangents.exist(p.x(COUNTERS + j).type())) {
        carried.add(j);
      }
    }
  }

  static List<@Nullable Value> of(Pullback p, ControlFlow.Loop loop) {
    Since since = Since.now();
    List<Value> collecting = AppendedElements.collected(p.node(), loop.body());
    return collecting != null
        ? p.through(collecting, since)
        : new LoopGradient(p, loop.body()).gradients();
  }

  private List<@Nullable Value> gradients() {
    List<Value> kept = kept();
    Value turns = kept.get(0);
    List<Value> initial = new ArrayList<>();
    carried.forEach(j -> initial.add(p.dy(j)));
    wanted.forEach(v -> initial.add(Cotangents.zeros(v)));
    List<Value> results =
        ControlFlow.loop(
            turns,
            null,
            initial,
            (t, given) -> Turn.of(back(turns.sub(Value.constant(ONE)).sub(t), given, kept)));
    List<@Nullable Value> gradients = new ArrayList<>(Collections.nCopies(p.size(), null));
    for (int k = 0; k < carried.size(); k++) {
      gradients.set(COUNTERS + carried.get(k), results.get(k));
    }
    for (int k = 0; k < wanted.size(); k++) {
      int place = p.size() - captured.size() + captured.indexOf(wanted.get(k));
      gradients.set(place, results.get(carried.size() + k));
    }
    return gradients;
  }

  private static final Tensor ONE = Tensor.scalar(1L);

  /** The number of turns, then each state before each turn. */
  private List<Value> kept() {
    List<Value> initial = new ArrayList<>();
    initial.add(Value.constant(Tensor.scalar(0L)));
    for (int j = 0; j < states; j++) {
      initial.add(p.x(COUNTERS + j));
    }
    int collected = 0;
    for (int j = 0; j < states; j++) {
      if (isOfOneShape(j)) {
        collected++;
      } else {
        initial.add(Value.of(new SequenceEditing.SequenceEmpty(element(j))));
      }
    }
    List<Value> results =
        ControlFlow.loop(
            p.has(0) ? p.x(0) : null, p.has(1) ? p.x(1) : null, initial, this::keep);
    List<Value> kept = new ArrayList<>();
    kept.add(results.get(0));
    int sequence = 1 + states;
    int stacked = results.size() - collected;
    for (int j = 0; j < states; j++) {
      kept.add(results.get(isOfOneShape(j) ? stacked++ : sequence++));
    }
    return kept;
  }

  private Turn keep(Value i, List<Value> given) {
    List<Value> state = given.subList(1, 1 + states);
    List<Value> outputs = turn(i, state);
    List<Value> next = new ArrayList<>();
    next.add(given.get(0).add(Value.constant(ONE)));
    next.addAll(outputs.subList(1, 1 + states));
    List<Value> stacked = new ArrayList<>();
    int sequence = 1 + states;
    for (int j = 0; j < states; j++) {
      if (isOfOneShape(j)) {
        stacked.add(state.get(j));
      } else {
        Value list = given.get(sequence++);
        next.add(Value.of(new SequenceEditing.SequenceInsert(), list, state.get(j)));
      }
    }
    return new Turn(outputs.get(0), next, stacked);
  }

  /** The gradients before turn {@code i}, given those after it. */
  private List<Value> back(Value i, List<Value> given, List<Value> kept) {
    List<Value> state = new ArrayList<>();
    for (int j = 0; j < states; j++) {
      Value all = kept.get(1 + j);
      state.add(
          isOfOneShape(j) ? all.gather(i, 0) : Value.of(new SequenceEditing.SequenceAt(), all, i));
    }
    Since since = Since.now();
    List<Value> outputs = turn(i, state);
    List<Value> reached = new ArrayList<>();
    List<Value> cotangents = new ArrayList<>();
    for (int k = 0; k < carried.size(); k++) {
      reached.add(outputs.get(1 + carried.get(k)));
      cotangents.add(given.get(k));
    }
    for (int j = states; j + 1 < outputs.size(); j++) {
      if (p.hasDy(j)) {
        reached.add(outputs.get(1 + j));
        cotangents.add(p.dy(j).gather(i, 0));
      }
    }
    List<Value> asked = new ArrayList<>();
    carried.forEach(j -> asked.add(state.get(j)));
    asked.addAll(wanted);
    List<@Nullable Value> found = p.gradients(reached, cotangents, asked, since);
    List<Value> next = new ArrayList<>(Bodies.orZeros(found, asked).subList(0, carried.size()));
    for (int k = carried.size(); k < asked.size(); k++) {
      Value more = found.get(k);
      next.add(more == null ? given.get(k) : Cotangents.add(given.get(k), more));
    }
    return next;
  }

  private List<Value> turn(Value i, List<Value> state) {
    List<Value> given = new ArrayList<>();
    given.add(i);
    given.add(Value.constant(Tensor.of(new boolean[] {true}).reshape()));
    given.addAll(state);
    return body.inline(given, captured);
  }

  private ElementType element(int j) {
    if (p.x(COUNTERS + j).type() instanceof TensorType tensor) {
      return tensor.element();
    }
    throw p.fail(
        "GRAD-005",
        "cannot be differentiated with a state that is " + p.x(COUNTERS + j).type(),
        "carry tensors; a sequence that is empty at first and grows by one tensor of one shape in"
            + " each turn, at its end, is differentiated, too");
  }

  private boolean isOfOneShape(int j) {
    Type formal = body.formals().get(COUNTERS + j).type();
    return formal instanceof TensorType tensor && isKnown(tensor.shape());
  }

  /** Whether all extents are numbers or symbols, so that they are the same in every turn. */
  static boolean isKnown(Shape shape) {
    return shape.isRanked() && shape.dims().stream().noneMatch(Dim::isUnknown);
  }
}
