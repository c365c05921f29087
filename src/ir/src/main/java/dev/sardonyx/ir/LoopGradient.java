package dev.sardonyx.ir;

import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code Loop}: the loop runs again and keeps the state before each turn ({@link
 * KeptStates}); then a loop over the same turns, the last first, takes each turn's body back. It
 * carries the gradients of the state, and those of the captured values, which add up.
 *
 * <p>A list to which each turn appends a tensor is not carried: that tensor's gradient stands in
 * the list's. The condition of a turn that was run is true.
 *
 * <p>The gradient of a {@link CountedLoop} is that of a scan.
 */
final class LoopGradient {
  /** M and the condition, which come before the state. */
  static final int COUNTERS = 2;

  private static final Value ONE = Value.constant(Tensor.scalar(1L));

  private final Pullback p;
  private final Body body;
  private final List<Value> captured;
  private final List<Value> wanted;
  private final List<Integer> appended;
  private final List<Integer> others;
  private final List<Integer> carried;

  private LoopGradient(Pullback p, Body body) {
    this.p = p;
    this.body = body;
    this.captured = Bodies.captured(p.node());
    this.wanted = Bodies.wanted(p);
    int states = body.formals().size() - COUNTERS;
    this.appended = IntStream.range(0, states).filter(this::isAppended).boxed().toList();
    this.others = IntStream.range(0, states).filter(j -> !appended.contains(j)).boxed().toList();
    this.carried = others.stream().filter(j -> Cotangents.exist(p.x(COUNTERS + j).type())).toList();
  }

  static List<@Nullable Value> of(Pullback p, ControlFlow.Loop loop) {
    Since since = Since.now();
    List<Value> scanned = CountedLoop.scanned(p.node());
    return scanned != null
        ? p.through(scanned, since)
        : new LoopGradient(p, loop.body()).gradients();
  }

  private List<@Nullable Value> gradients() {
    KeptStates kept = KeptStates.of(p, others, this::turn);
    List<Value> initial = new ArrayList<>();
    carried.forEach(j -> initial.add(p.dy(j)));
    wanted.forEach(v -> initial.add(Cotangents.zeros(v)));
    Value last = kept.turns().sub(ONE);
    List<Value> results =
        ControlFlow.loop(
            kept.turns(), null, initial, (t, given) -> Turn.of(back(last.sub(t), given, kept)));
    List<@Nullable Value> gradients = new ArrayList<>(Collections.nCopies(p.size(), null));
    for (int k = 0; k < carried.size(); k++) {
      gradients.set(COUNTERS + carried.get(k), results.get(k));
    }
    for (int k = 0; k < wanted.size(); k++) {
      int place = p.size() - captured.size() + captured.indexOf(wanted.get(k));
      gradients.set(place, results.get(carried.size() + k));
    }
    for (int j : appended) {
      if (p.hasDy(j) && p.wants(COUNTERS + j)) {
        gradients.set(COUNTERS + j, before(p.dy(j), kept.turns()));
      }
    }
    return gradients;
  }

  /** A list without what the turns appended. */
  private static Value before(Value list, Value turns) {
    return ControlFlow.loop(
            turns,
            null,
            List.of(list),
            (i, rest) -> Turn.of(Value.of(new SequenceEditing.SequenceErase(), rest.get(0))))
        .get(0);
  }

  /** The gradients before turn {@code i}, given those after it. */
  private List<Value> back(Value i, List<Value> given, KeptStates kept) {
    List<Value> state = kept.before(i);
    List<Value> asked = new ArrayList<>();
    carried.forEach(j -> asked.add(state.get(others.indexOf(j))));
    asked.addAll(wanted);
    Since since = Since.now();
    List<Value> outputs = turn(i, state);
    List<Value> reached = new ArrayList<>();
    List<Value> cotangents = new ArrayList<>();
    for (int k = 0; k < carried.size(); k++) {
      reached.add(outputs.get(1 + carried.get(k)));
      cotangents.add(given.get(k));
    }
    for (int j : appended) {
      if (p.hasDy(j)) {
        Value list = p.x(COUNTERS + j);
        reached.add(outputs.get(1 + j).node().input(1));
        cotangents.add(Cotangents.at(p.dy(j), i.add(Cotangents.length(list))));
      }
    }
    for (int j = others.size() + appended.size(); j + 1 < outputs.size(); j++) {
      if (p.hasDy(j)) {
        reached.add(outputs.get(1 + j));
        cotangents.add(p.dy(j).gather(i, 0));
      }
    }
    List<@Nullable Value> found = p.gradients(reached, cotangents, asked, since);
    List<Value> next = new ArrayList<>(Bodies.orZeros(found, asked).subList(0, carried.size()));
    for (int k = carried.size(); k < asked.size(); k++) {
      Value more = found.get(k);
      next.add(more == null ? given.get(k) : Cotangents.add(given.get(k), more));
    }
    return next;
  }

  /** What the body gives in turn {@code i} for the states that are no appended lists. */
  private List<Value> turn(Value i, List<Value> state) {
    List<Value> given = new ArrayList<>();
    given.add(i);
    given.add(Value.constant(Tensor.of(new boolean[] {true}).reshape()));
    for (int j = 0; j < others.size() + appended.size(); j++) {
      boolean list = appended.contains(j);
      given.add(list ? Cotangents.emptyLike(p.x(COUNTERS + j)) : state.get(others.indexOf(j)));
    }
    return body.inline(given, captured);
  }

  private boolean isAppended(int j) {
    Value formal = body.formals().get(COUNTERS + j);
    Value next = body.outputs().get(1 + j);
    return next.op() instanceof SequenceEditing.SequenceInsert
        && next.node().input(0) == formal
        && !next.node().hasInput(2)
        && uses(formal) == 1;
  }

  private long uses(Value formal) {
    long inside =
        body.graph().nodes().stream()
            .flatMap(n -> n.inputs().stream())
            .filter(v -> v == formal)
            .count();
    return inside + body.outputs().stream().filter(v -> v == formal).count();
  }

  /** State {@code j} before the first turn: what an optional holds, which must be there. */
  static Value initial(Pullback p, int j) {
    Value state = p.x(COUNTERS + j);
    Value held = Optionals.held(state);
    Value initial = held == null ? state : held;
    if (initial.type() instanceof TensorType || initial.type() instanceof Type.Sequence) {
      return initial;
    }
    throw p.fail(
        "GRAD-005",
        "cannot be differentiated with a state that is " + state.type(),
        "carry tensors and sequences, or an optional that is known to hold one at first");
  }
}
