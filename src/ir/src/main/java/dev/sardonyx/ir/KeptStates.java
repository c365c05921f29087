package dev.sardonyx.ir;

import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The states of a loop before each of its turns. Those of one shape are one tensor with a new first
 * axis for the turns; others stand in a sequence. As there are no sequences of sequences, a loop
 * that carries one keeps nothing: the turns before are run again.
 *
 * @param turns how many turns there were, an int64 scalar
 * @param all for each state its values; nothing if turns are run again
 * @param run the loop
 */
record KeptStates(Value turns, List<Value> all, Run run) {
  /** A turn of the loop: its number and the states to the body's outputs. */
  @FunctionalInterface
  interface Body {
    List<Value> outputs(Value i, List<Value> state);
  }

  /** Runs the loop of {@code p} again for these of its states, and keeps them. */
  static KeptStates of(Pullback p, List<Integer> states, Body body) {
    return new Run(p, states, body).kept();
  }

  /** The states before turn {@code i}. */
  List<Value> before(Value i) {
    if (run.carriesSequences()) {
      return run.again(i);
    }
    List<Value> state = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      Value values = all.get(k);
      boolean list = values.type() instanceof Type.Sequence;
      state.add(list ? ranked(Cotangents.at(values, i), run.shape(k)) : values.gather(i, 0));
    }
    return state;
  }

  /** A tensor out of a list, of which no rank is known, with the rank that it must have. */
  private static Value ranked(Value value, Shape like) {
    if (!like.isRanked()) {
      return value;
    }
    Value axes = Value.longs(LongStream.range(0, like.rank()).toArray());
    return value.reshape(value.shapeOf().gather(axes, 0));
  }

  record Run(Pullback p, List<Integer> states, Body body) {
    boolean carriesSequences() {
      return states.stream()
          .anyMatch(j -> !(LoopGradient.initial(p, j).type() instanceof TensorType));
    }

    /** The states after so many turns. */
    List<Value> again(Value turns) {
      List<Value> initial = states.stream().map(j -> LoopGradient.initial(p, j)).toList();
      return ControlFlow.loop(
          turns,
          null,
          initial,
          (i, state) -> {
            List<Value> outputs = body.outputs(i, state);
            return Turn.of(states.stream().map(j -> outputs.get(1 + j)).toList());
          });
    }

    KeptStates kept() {
      List<Value> initial = new ArrayList<>();
      initial.add(Value.constant(Tensor.scalar(0L)));
      states.forEach(j -> initial.add(LoopGradient.initial(p, j)));
      for (int j : states) {
        if (isInSequence(j)) {
          TensorType tensor = LoopGradient.initial(p, j).tensorType();
          initial.add(Value.of(new SequenceEditing.SequenceEmpty(tensor.element())));
        }
      }
      Value trips = p.has(0) ? p.x(0) : null;
      Value cond = p.has(1) ? p.x(1) : null;
      List<Value> results = ControlFlow.loop(trips, cond, initial, this::turn);
      List<Value> kept = new ArrayList<>();
      int sequence = 1 + states.size();
      int stacked = initial.size();
      for (int j : carriesSequences() ? List.<Integer>of() : states) {
        kept.add(results.get(isInSequence(j) ? sequence++ : stacked++));
      }
      return new KeptStates(results.get(0), kept, this);
    }

    private Turn turn(Value i, List<Value> given) {
      List<Value> state = given.subList(1, 1 + states.size());
      List<Value> outputs = body.outputs(i, state);
      List<Value> next = new ArrayList<>();
      next.add(given.get(0).add(Value.constant(Tensor.scalar(1L))));
      states.forEach(j -> next.add(outputs.get(1 + j)));
      List<Value> stacked = new ArrayList<>();
      int sequence = 1 + states.size();
      for (int k = 0; k < states.size(); k++) {
        if (isStacked(states.get(k))) {
          stacked.add(state.get(k));
        } else if (isInSequence(states.get(k))) {
          Value list = given.get(sequence++);
          next.add(Value.of(new SequenceEditing.SequenceInsert(), list, state.get(k)));
        }
      }
      return new Turn(outputs.get(0), next, stacked);
    }

    private boolean isStacked(int j) {
      return !carriesSequences() && isOfOneShape(j);
    }

    private boolean isInSequence(int j) {
      return !carriesSequences() && !isOfOneShape(j);
    }

    /** Whether all extents are numbers or symbols, so that they are the same in every turn. */
    private boolean isOfOneShape(int j) {
      Shape shape = formal(j);
      return shape.isRanked() && shape.dims().stream().noneMatch(Dim::isUnknown);
    }

    /** What is known of the shape that the k-th of these states has in every turn. */
    Shape shape(int k) {
      return formal(states.get(k));
    }

    private Shape formal(int j) {
      ControlFlow.Loop loop = (ControlFlow.Loop) p.node().op();
      Type formal = loop.body().formals().get(LoopGradient.COUNTERS + j).type();
      return formal instanceof TensorType tensor ? tensor.shape() : Shape.UNRANKED;
    }
  }
}
