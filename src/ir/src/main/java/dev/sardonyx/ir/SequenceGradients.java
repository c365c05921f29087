package dev.sardonyx.ir;

import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.SequenceEditing.SequenceErase;
import dev.sardonyx.ir.SequenceEditing.SequenceInsert;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gradients of operators on sequences: that of a sequence is a sequence of as many tensors. */
final class SequenceGradients {
  private SequenceGradients() {}

  /** Each tensor's stands at its place. */
  static List<@Nullable Value> construct(Pullback p) {
    List<@Nullable Value> gradients = new ArrayList<>();
    for (int i = 0; i < p.size(); i++) {
      gradients.add(Cotangents.at(p.dy(), Value.constant(Tensor.scalar((long) i))));
    }
    return gradients;
  }

  /** Zeros but for the one place. */
  static List<@Nullable Value> at(Pullback p) {
    Value zeros = Cotangents.zeros(p.x());
    Value place = place(p, 1, Cotangents.length(p.x()));
    Value rest = Value.of(new SequenceErase(), zeros, place);
    return p.toFirst(Value.of(new SequenceInsert(), rest, p.dy(), place));
  }

  static List<@Nullable Value> insert(Pullback p) {
    Value place = place(p, 2, Cotangents.length(p.x()));
    List<@Nullable Value> gradients = p.toFirst(Value.of(new SequenceErase(), p.dy(), place));
    gradients.set(1, Cotangents.at(p.dy(), place));
    return gradients;
  }

  /** What was erased gets zeros. */
  static List<@Nullable Value> erase(Pullback p) {
    Value length = Cotangents.length(p.x());
    Value place = p.has(1) ? place(p, 1, length) : length.sub(Value.constant(Tensor.scalar(1L)));
    Value zeros = Cotangents.at(p.x(), place).zerosLike();
    return p.toFirst(Value.of(new SequenceInsert(), p.dy(), zeros, place));
  }

  /** A place counted from the first; {@code end} where none is given. */
  private static Value place(Pullback p, int i, Value end) {
    if (!p.has(i)) {
      return end;
    }
    Value place = p.x(i);
    Value zero = Value.scalar(place.element(), 0);
    return Value.of(new Comparison.Less(), place, zero)
        .where(place.add(end.cast(place.element())), place);
  }

  static List<@Nullable Value> split(Pullback p, SequenceJoining.SplitToSequence op) {
    boolean newAxis = !op.keepdims() && !p.has(1);
    return p.toFirst(Value.of(new SequenceJoining.ConcatFromSequence(op.axis(), newAxis), p.dy()));
  }

  /** The gradient is cut into parts as long as the tensors were. */
  static List<@Nullable Value> concat(Pullback p, SequenceJoining.ConcatFromSequence op) {
    Value split = op.newAxis() ? null : lengths(p.x(), op.axis());
    return p.toFirst(
        Value.of(new SequenceJoining.SplitToSequence(op.axis(), !op.newAxis()), p.dy(), split));
  }

  private static Value lengths(Value list, long axis) {
    return ControlFlow.loop(
            Cotangents.length(list),
            null,
            List.of(),
            (i, none) -> {
              Value shape = Cotangents.at(list, i).shapeOf();
              Value extent = shape.gather(Value.constant(Tensor.scalar(axis)), 0);
              return Turn.of().collect(extent);
            })
        .get(0);
  }

  /**
   * A map back over the lists and the gradients of the results. What goes into every run as it is
   * gets a list of gradients, which are added up.
   */
  static List<@Nullable Value> map(Pullback p, SequenceMapping.SequenceMap op) {
    Body body = op.body();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < p.size(); i++) {
      if (p.wants(i)) {
        places.add(i);
      }
    }
    Closure closure = new Closure();
    List<Value> lists = new ArrayList<>();
    List<Value> formals = new ArrayList<>();
    List<Value> given = new ArrayList<>();
    for (int i = 0; i < p.size(); i++) {
      given.add(element(p.x(i), i < body.formals().size(), lists, formals));
    }
    List<Value> cotangents = new ArrayList<>();
    List<Integer> reached = new ArrayList<>();
    for (int k = 0; k < body.outputs().size(); k++) {
      if (p.hasDy(k)) {
        cotangents.add(element(p.dy(k), true, lists, formals));
        reached.add(k);
      }
    }
    List<Value> asked = new ArrayList<>();
    places.forEach(i -> asked.add(given.get(i)));
    Since since = Since.now();
    List<Value> outputs =
        body.inline(
            given.subList(0, body.formals().size()),
            given.subList(body.formals().size(), given.size()));
    List<Value> ends = reached.stream().map(outputs::get).toList();
    List<Value> found = Bodies.orZeros(p.gradients(ends, cotangents, asked, since), asked);
    closure.body("back", formals, found);
    closure.close();
    List<Value> made =
        Node.of(
                new SequenceMapping.SequenceMap(closure.body(0)),
                closure.inputs(lists),
                Inference.ANY_NUMBER)
            .outputs();
    List<@Nullable Value> gradients = new ArrayList<>(Collections.nCopies(p.size(), null));
    for (int k = 0; k < places.size(); k++) {
      int i = places.get(k);
      boolean list = formals.contains(given.get(i));
      gradients.set(i, list ? made.get(k) : sum(made.get(k), p.x(i)));
    }
    return gradients;
  }

  /** What the body of a map sees of an input: its own value, also of one that goes in twice. */
  private static Value element(
      Value value, boolean formal, List<Value> lists, List<Value> formals) {
    if (!formal || !(value.type() instanceof Type.Sequence sequence)) {
      return Value.of(new Elementwise.Identity(), value);
    }
    lists.add(value);
    formals.add(Value.input("x_" + formals.size(), sequence.element()));
    return formals.get(formals.size() - 1);
  }

  /** The sum of a list of tensors of one shape. */
  private static Value sum(Value list, Value like) {
    return ControlFlow.loop(
            Cotangents.length(list),
            null,
            List.of(like.zerosLike()),
            (i, sum) -> Turn.of(sum.get(0).add(Cotangents.at(list, i))))
        .get(0);
  }
}
