package dev.sardonyx.ir;

import static dev.sardonyx.ir.RecurrentShapes.B;
import static dev.sardonyx.ir.RecurrentShapes.C0;
import static dev.sardonyx.ir.RecurrentShapes.H0;
import static dev.sardonyx.ir.RecurrentShapes.LENGTHS;
import static dev.sardonyx.ir.RecurrentShapes.P;
import static dev.sardonyx.ir.RecurrentShapes.R;
import static dev.sardonyx.ir.RecurrentShapes.W;
import static dev.sardonyx.ir.RecurrentShapes.X;

import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent layers in other operators: on samples first by those on time steps first, without
 * hidden size by those with it, and these by a scan for each direction.
 */
final class RecurrentExpansion {
  private final Expansion e;
  private final Recurrent op;

  private RecurrentExpansion(Expansion e, Recurrent op) {
    this.e = e;
    this.op = op;
  }

  /** The results; null where X's rank is not known. */
  static @Nullable List<@Nullable Value> of(Expansion e, Recurrent op) {
    if (op.layout() == 1) {
      return timeFirst(e, op);
    }
    Long hidden = hidden(e, op);
    if (op.hiddenSize() == null && hidden != null) {
      // ONNX Runtime does not look at the weights for it.
      return List.copyOf(e.node().withOp(op.timeFirst(hidden)).outputs());
    }
    return e.shape(X).isRanked() ? new RecurrentExpansion(e, op).scanned() : null;
  }

  private static @Nullable Long hidden(Expansion e, Recurrent op) {
    Shape y = e.node().output().shape();
    Dim hidden = y.isRanked() ? y.dim(-1) : Dim.UNKNOWN;
    return hidden.isFixed() ? Long.valueOf(hidden.value()) : op.hiddenSize();
  }

  private static List<@Nullable Value> timeFirst(Expansion e, Recurrent op) {
    List<@Nullable Value> inputs = new ArrayList<>();
    for (int i = 0; i < e.size(); i++) {
      boolean turned = i == X || i == H0 || i == C0;
      inputs.add(e.has(i) && turned ? e.x(i).transpose(1, 0, 2) : e.optional(i));
    }
    List<Value> results = Node.of(op.timeFirst(hidden(e, op)), inputs, e.outputs()).outputs();
    List<@Nullable Value> turned = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      turned.add(i == 0 ? results.get(0).transpose(2, 0, 1, 3) : results.get(i).transpose(1, 0, 2));
    }
    return turned;
  }

  private List<@Nullable Value> scanned() {
    List<List<Value>> results = new ArrayList<>();
    for (int d = 0; d < op.direction().count(); d++) {
      boolean back = d == 1 || op.direction() == Recurrent.Direction.REVERSE;
      results.add(direction(d, back));
    }
    List<@Nullable Value> joined = new ArrayList<>();
    for (int i = 0; i < e.outputs(); i++) {
      int result = i;
      int axis = i == 0 ? 1 : 0;
      joined.add(
          Value.concat(axis, results.stream().map(r -> r.get(result).unsqueeze(axis)).toList()));
    }
    return joined;
  }

  /** All hidden states of one direction, then its last states. */
  private List<Value> direction(int d, boolean back) {
    Value recurrent = row(R, d);
    Value bias = e.has(B) ? row(B, d).reshape(2, -1) : null;
    Value p = e.has(P) && op.states() == 2 ? row(P, d) : null;
    RecurrentCell cell = RecurrentCell.of(op, d, recurrent, bias, p);
    Value x = back ? reversed(e.x(X)) : e.x(X);
    Value driven = x.matMul(row(W, d).transpose(1, 0));
    if (cell.bias() != null) {
      driven = driven.add(cell.bias());
    }
    List<Value> sequences = new ArrayList<>(List.of(driven));
    if (e.has(LENGTHS)) {
      sequences.add(counts());
    }
    List<Value> initial = new ArrayList<>();
    for (int i = 0; i < op.states(); i++) {
      initial.add(e.has(H0 + i) ? row(H0 + i, d) : zeros(recurrent));
    }
    List<Value> last =
        ControlFlow.scan(initial, sequences, (state, element) -> turn(cell, state, element));
    Value all = last.get(op.states());
    List<Value> results = new ArrayList<>(List.of(back ? reversed(all) : all));
    results.addAll(last.subList(0, op.states()));
    return results;
  }

  private static Turn turn(RecurrentCell cell, List<Value> state, List<Value> element) {
    List<Value> next = cell.step(element.get(0), state);
    if (element.size() == 1) {
      return Turn.of(next).collect(next.get(0));
    }
    Value counts = element.get(1);
    List<Value> kept = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      kept.add(counts.where(next.get(i), state.get(i)));
    }
    Value shown = counts.where(next.get(0), next.get(0).scalar(0));
    return Turn.of(kept).collect(shown);
  }

  private Value row(int i, int d) {
    return e.x(i).slice(0, d, d + 1).squeeze(0);
  }

  private Value zeros(Value recurrent) {
    Value shape = Extents.join(List.of(Extents.axis(e.x(X), 1), Extents.axis(recurrent, 1)));
    return Extents.full(e.element(X), 0, shape);
  }

  /** For each step whether it counts for each sample: [T,N,1]. */
  private Value counts() {
    Value zero = Value.constant(Tensor.scalar(0L));
    Value one = Value.constant(Tensor.scalar(1L));
    Value time = Value.range(zero, Extents.axis(e.x(X), 0).squeeze(0), one);
    return time.unsqueeze(1, 2).lt(lengths().unsqueeze(0, 2));
  }

  private Value lengths() {
    return e.x(LENGTHS).cast(ElementType.INT64);
  }

  /** Time steps backwards, those that count. */
  private Value reversed(Value x) {
    return e.has(LENGTHS)
        ? Value.of(new Choosing.ReverseSequence(1, 0), x, lengths())
        : x.slice(new long[] {-1}, new long[] {-Long.MAX_VALUE}, new long[] {0}, new long[] {-1});
  }
}
