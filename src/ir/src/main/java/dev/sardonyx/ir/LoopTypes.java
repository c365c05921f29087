package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;

/** The types of what {@code Loop} gives. */
final class LoopTypes {
  /** The body's inputs before the state: the turn's number and the condition. */
  private static final int COUNTERS = 2;

  private final Inference in;
  private final Body body;
  private final BodyCheck check;

  LoopTypes(Inference in, Body body) {
    this.in = in;
    this.body = body;
    this.check = new BodyCheck(in);
  }

  List<Type> infer() {
    List<Value> formals = body.formals();
    int states = Math.max(0, BodyCheck.own(in, body) - COUNTERS);
    check.inputs(COUNTERS + states, body);
    check.results(1 + states, body);
    check.one("the turn's number in its body", formals.get(0).type(), ElementType.INT64);
    check.one("the condition in its body", formals.get(1).type(), ElementType.BOOL);
    check.one("the first result of its body", body.outputTypes().get(0), ElementType.BOOL);
    if (in.has(0)) {
      check.one("M", in.value(0).type(), ElementType.INT64);
    }
    if (in.has(1)) {
      check.one("cond", in.value(1).type(), ElementType.BOOL);
    }
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      types.add(state(in.value(COUNTERS + i).type(), formals.get(COUNTERS + i).type(), i));
    }
    Dim trips = trips();
    for (int i = 1 + states; i < body.outputs().size(); i++) {
      types.add(collected(body.outputTypes().get(i), trips));
    }
    return types;
  }

  private Type state(Type initial, Type formal, int i) {
    Type next = body.outputTypes().get(1 + i);
    check.admits("state " + i, formal, initial);
    check.admits("state " + i, formal, next);
    boolean filled = initial instanceof Type.Optional && !(next instanceof Type.Optional);
    Type inside = filled ? ((Type.Optional) initial).element() : initial;
    return check.join("state " + i, inside, next);
  }

  private Type collected(Type element, Dim trips) {
    if (!(element instanceof TensorType tensor)) {
      throw in.fail(
          "TYPE-001",
          "collects tensors, got " + element,
          "carry a sequence as state and insert into it");
    }
    Shape shape = tensor.shape();
    return tensor.with(shape.isRanked() ? shape.insert(0, trips) : shape);
  }

  /** The number of turns, where no condition can end the loop before its count. */
  private Dim trips() {
    List<Dim> content = in.content(0);
    boolean counted = content != null && content.size() == 1 && startsTrue() && staysTrue();
    if (!counted) {
      return Dim.UNKNOWN;
    }
    Dim trips = content.get(0);
    return trips.isFixed() ? Dim.of(Math.max(0, trips.value())) : trips.max(Dim.of(0));
  }

  private boolean startsTrue() {
    return !in.has(1) || isTrue(in.value(1));
  }

  private boolean staysTrue() {
    Value goOn = body.outputs().get(0);
    while (goOn.op() instanceof Elementwise.Identity) {
      goOn = goOn.node().input(0);
    }
    return goOn == body.formals().get(1) || isTrue(goOn);
  }

  private static boolean isTrue(Value value) {
    Tensor tensor = value.constant();
    return tensor != null
        && tensor.element() == ElementType.BOOL
        && tensor.size() == 1
        && tensor.getLong(0) != 0;
  }
}
