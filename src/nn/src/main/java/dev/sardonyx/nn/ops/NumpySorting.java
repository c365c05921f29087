package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/** Sorting and searching. */
final class NumpySorting {
  static final OpTable TABLE =
      new OpTable()
          .op("Sort(x; axis=-1)", c -> sort(c, false))
          .op("Argsort(x; axis=-1)", c -> sort(c, true))
          .op("Argpartition(x; kth, axis=-1)", c -> sort(c, true))
          .many("TopK(x; k, sorted=True)", NumpySorting::top)
          .op("InTopK(targets, predictions; k)", NumpySorting::inTop)
          .op("SearchSorted(sorted_sequence, values; side='left')", NumpySorting::search)
          .op("Digitize(x, bins)", c -> below(c, c.x(), c.value("bins"), true))
          .op("IsIn(x1, x2; assume_unique=False, invert=False)", NumpySorting::isIn);

  private NumpySorting() {}

  private static Value sort(OpCall call, boolean places) {
    Value x = call.has("axis") ? call.x() : call.x().reshape(-1);
    int axis = call.has("axis") ? call.axis("axis", x) : 0;
    return places
        ? Sorting.places(x, axis, false).cast(ElementType.INT32)
        : Sorting.sort(x, axis, false);
  }

  private static List<Value> top(OpCall call) {
    Value k = Value.longs(call.integer("k"));
    List<Value> both = Sorting.top(call.x(), k, -1, true);
    return List.of(both.get(0), both.get(1).cast(ElementType.INT32));
  }

  /** Whether fewer than k predictions are greater than that of the target. */
  private static Value inTop(OpCall call) {
    Value predictions = call.value("predictions");
    Value targets = call.value("targets").cast(ElementType.INT64);
    Value own = predictions.gatherElements(targets.unsqueeze(-1), -1);
    Value before = predictions.gt(own).cast(ElementType.INT32).sum(false, -1);
    Value finite = own.abs().lt(Double.POSITIVE_INFINITY).squeeze(-1);
    return before.lt(call.integer("k")).and(finite);
  }

  private static Value search(OpCall call) {
    boolean right = call.choice("side", "left", "right").equals("right");
    return below(call, call.value("values"), call.value("sorted_sequence"), right);
  }

  /** How many of the bounds are less, or not greater either, than each element. */
  private static Value below(OpCall call, Value x, Value bounds, boolean equalToo) {
    if (bounds.shape().rank() != 1) {
      throw call.refuse("searches a vector, got " + bounds.type(), "give bounds of one axis");
    }
    ElementType common = Promotion.common(x.element(), bounds.element());
    Value each = x.cast(common).unsqueeze(-1);
    Value typed = bounds.cast(common);
    Value below = equalToo ? typed.le(each) : typed.lt(each);
    return below.cast(ElementType.INT32).sum(false, -1);
  }

  private static Value isIn(OpCall call) {
    List<Value> pair = call.pair("x1", "x2");
    Value found = pair.get(0).unsqueeze(-1).eq(pair.get(1).reshape(-1));
    Value any = found.cast(ElementType.INT32).max(false, -1).cast(ElementType.BOOL);
    return call.flag("invert") ? any.not() : any;
  }
}
