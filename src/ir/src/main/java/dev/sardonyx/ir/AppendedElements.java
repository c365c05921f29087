package dev.sardonyx.ir;

import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loop that makes a list, said as one that collects elements:
 *
 * <pre>
 *  Loop(SequenceEmpty(), body(list: SequenceInsert(list, x)))
 *      ->   SplitToSequence&lt;keepdims=0&gt;(Loop(body(: collect x)))
 * </pre>
 *
 * The elements must have one shape. It is this that can be differentiated: a list that is carried
 * cannot be kept for every turn.
 */
final class AppendedElements {
  private static final int COUNTERS = 2;

  private final Node node;
  private final Body body;
  private final List<Boolean> appended = new ArrayList<>();

  private AppendedElements(Node node, Body body) {
    this.node = node;
    this.body = body;
    for (int j = 0; j + COUNTERS < body.formals().size(); j++) {
      appended.add(isAppended(j));
    }
  }

  /** The results of the loop, or null if it makes no list in this way. */
  static @Nullable List<Value> collected(Node node, Body body) {
    AppendedElements lists = new AppendedElements(node, body);
    return lists.appended.contains(true) ? lists.results() : null;
  }

  private boolean isAppended(int j) {
    Value formal = body.formals().get(COUNTERS + j);
    Value next = body.outputs().get(1 + j);
    boolean inserts =
        next.op() instanceof SequenceEditing.SequenceInsert
            && next.node().input(0) == formal
            && !next.node().hasInput(2)
            && node.input(COUNTERS + j).op() instanceof SequenceEditing.SequenceEmpty;
    return inserts && isUsedOnce(formal) && element(j) != null;
  }

  private boolean isUsedOnce(Value formal) {
    long uses =
        body.graph().nodes().stream()
            .flatMap(n -> n.inputs().stream())
            .filter(v -> v == formal)
            .count();
    return uses == 1 && !body.outputs().contains(formal);
  }

  private @Nullable TensorType element(int j) {
    TensorType type = body.outputs().get(1 + j).node().input(1).tensorType();
    return LoopGradient.isKnown(type.shape()) ? type : null;
  }

  private List<Value> results() {
    Closure closure = new Closure();
    List<Value> formals = new ArrayList<>();
    List<Value> given = new ArrayList<>();
    List<@Nullable Value> own = new ArrayList<>();
    for (int i = 0; i < body.formals().size(); i++) {
      Value formal = body.formals().get(i);
      boolean list = i >= COUNTERS && appended.get(i - COUNTERS);
      Value inner = Value.input(Objects.requireNonNullElse(formal.name(), "x"), formal.type());
      given.add(inner);
      if (!list) {
        formals.add(inner);
        own.add(node.hasInput(i) ? node.input(i) : null);
      }
    }
    List<Value> outputs = body.inline(given, Bodies.captured(node));
    List<Value> kept = new ArrayList<>();
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      boolean list = i > 0 && i <= appended.size() && appended.get(i - 1);
      (list ? elements : kept).add(list ? outputs.get(i).node().input(1) : outputs.get(i));
    }
    kept.addAll(elements);
    closure.body("collect", formals, kept);
    closure.close();
    ControlFlow.Loop op = new ControlFlow.Loop(closure.body(0));
    List<Value> made = Node.of(op, closure.inputs(own), Inference.ANY_NUMBER).outputs();
    return spread(made, made.size() - elements.size());
  }

  private List<Value> spread(List<Value> made, int firstList) {
    List<Value> results = new ArrayList<>();
    int plain = 0;
    int list = firstList;
    for (int i = 0; i + 1 < body.outputs().size(); i++) {
      if (i < appended.size() && appended.get(i)) {
        results.add(Value.of(new SequenceJoining.SplitToSequence(0, false), made.get(list++)));
      } else {
        results.add(made.get(plain++));
      }
    }
    return results;
  }
}
