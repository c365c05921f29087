package dev.sardonyx.onnx;

import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Gathering;
import dev.sardonyx.ir.Indexing.ScatterReduction;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Scattering;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Updates that are combined with what is there, where they can only replace it: one after the
 * other, as several may meet at a place.
 */
final class RephrasedScatter {
  private RephrasedScatter() {}

  static @Nullable List<Value> of(Node node) {
    Value data = node.input(0);
    Value indices = node.input(1);
    Value updates = node.input(2);
    if (node.op() instanceof Scattering.ScatterElements op) {
      return op.reduction() == ScatterReduction.NONE ? null : elements(op, data, indices, updates);
    }
    Scattering.ScatterND op = (Scattering.ScatterND) node.op();
    boolean known = indices.shape().isRanked() && indices.shape().dim(-1).isFixed();
    return op.reduction() == ScatterReduction.NONE || !known
        ? null
        : slices(op.reduction(), data, indices, updates);
  }

  /** Those at one place of the axis cannot meet. */
  private static List<Value> elements(
      Scattering.ScatterElements op, Value data, Value indices, Value updates) {
    long axis = op.axis();
    Value whole = indices.shapeOf();
    Value trips =
        (axis == -1 ? whole.slice(0, -1, Long.MAX_VALUE) : whole.slice(0, axis, axis + 1))
            .reshape();
    return ControlFlow.loop(
        trips,
        null,
        List.of(data),
        (i, state) -> {
          Value at = i.reshape(1);
          Value index = indices.gather(at, axis);
          Value old = state.get(0).gatherElements(index, axis);
          Value next = combined(op.reduction(), old, updates.gather(at, axis));
          return Turn.of(state.get(0).scatterElements(index, next, axis, ScatterReduction.NONE));
        });
  }

  private static List<Value> slices(
      ScatterReduction reduction, Value data, Value indices, Value updates) {
    Dim depth = indices.shape().dim(-1);
    Value rest = data.shapeOf().slice(0, depth.value(), Long.MAX_VALUE);
    Value rows = indices.reshape(-1, depth.value());
    Value slices = updates.reshape(Value.concat(0, Value.longs(-1), rest));
    return ControlFlow.loop(
        rows.shapeOf().slice(0, 0, 1).reshape(),
        null,
        List.of(data),
        (i, state) -> {
          Value at = i.reshape(1);
          Value row = rows.gather(at, 0);
          Value old = Value.of(new Gathering.GatherND(0), state.get(0), row);
          Value next = combined(reduction, old, slices.gather(at, 0));
          Scattering.ScatterND replace = new Scattering.ScatterND(ScatterReduction.NONE);
          return Turn.of(Value.of(replace, state.get(0), row, next));
        });
  }

  private static Value combined(ScatterReduction reduction, Value old, Value update) {
    return switch (reduction) {
      case NONE -> update;
      case ADD -> old.add(update);
      case MUL -> old.mul(update);
      case MAX -> old.max(update);
      case MIN -> old.min(update);
    };
  }
}
