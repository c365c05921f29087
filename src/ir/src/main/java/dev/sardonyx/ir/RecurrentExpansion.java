package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recurrent layers in other operators: those on samples first by those on time steps first. */
final class RecurrentExpansion {
  private RecurrentExpansion() {}

  static @Nullable List<@Nullable Value> of(Expansion e, Recurrent op) {
    if (op.layout() == 1) {
      return timeFirst(e, op);
    }
    Long hidden = hidden(e, op);
    if (op.hiddenSize() == null && hidden != null) {
      // ONNX Runtime does not look at the weights for it.
      return List.copyOf(e.node().withOp(op.timeFirst(hidden)).outputs());
    }
    return null;
  }

  private static @Nullable Long hidden(Expansion e, Recurrent op) {
    Shape y = e.node().output().shape();
    Dim hidden = y.isRanked() ? y.dim(-1) : Dim.UNKNOWN;
    return hidden.isFixed() ? Long.valueOf(hidden.value()) : op.hiddenSize();
  }

  private static List<@Nullable Value> timeFirst(Expansion e, Recurrent op) {
    List<@Nullable Value> inputs = new ArrayList<>();
    for (int i = 0; i < e.size(); i++) {
      boolean turned = i == RecurrentShapes.X || i == RecurrentShapes.H0 || i == RecurrentShapes.C0;
      inputs.add(e.has(i) && turned ? e.x(i).transpose(1, 0, 2) : e.optional(i));
    }
    List<Value> results = Node.of(op.timeFirst(hidden(e, op)), inputs, e.outputs()).outputs();
    List<@Nullable Value> turned = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      turned.add(i == 0 ? results.get(0).transpose(2, 0, 1, 3) : results.get(i).transpose(1, 0, 2));
    }
    return turned;
  }
}
