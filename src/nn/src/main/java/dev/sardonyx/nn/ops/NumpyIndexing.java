package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Selection;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Elements chosen by their places or by conditions. */
final class NumpyIndexing {
  static final OpTable TABLE =
      new OpTable()
          .op("GetItem(x, key)", Subscripts::get)
          .op("Take(x, indices; axis=None)", NumpyIndexing::take)
          .op("TakeAlongAxis(x, indices; axis=None)", NumpyIndexing::takeAlong)
          .many("Where(condition, x1=None, x2=None)", NumpyIndexing::where)
          .op("Select(condlist, choicelist, default=0)", NumpyIndexing::select)
          .many("Nonzero(x)", c -> nonzero(c.x()))
          .many("UnravelIndex(indices; shape)", NumpyIndexing::unravel);

  private NumpyIndexing() {}

  private static Value indices(OpCall call) {
    return call.value("indices").cast(ElementType.INT64);
  }

  private static Value take(OpCall call) {
    Value x = call.has("axis") ? call.x() : call.x().reshape(-1);
    return x.gather(indices(call), call.has("axis") ? call.axis("axis", x) : 0);
  }

  /** Both broadcast along the other axes. */
  private static Value takeAlong(OpCall call) {
    if (!call.has("axis")) {
      return call.x().reshape(-1).gatherElements(indices(call).reshape(-1), 0);
    }
    Value x = call.x();
    int axis = call.axis("axis", x);
    Value indices = indices(call);
    Value wideIndices = indices.expand(otherAxes(x, indices, axis));
    return x.expand(otherAxes(indices, x, axis)).gatherElements(wideIndices, axis);
  }

  /** The shape of {@code like}, with the axis as it is in {@code x}. */
  private static Value otherAxes(Value like, Value x, int axis) {
    if (sameBut(like.shape(), x.shape(), axis)) {
      return Sizes.shape(x);
    }
    int rank = like.shape().rank();
    return Sizes.join(
        Sizes.shape(like, 0, axis), Sizes.of(x, axis), Sizes.shape(like, axis + 1, rank));
  }

  private static boolean sameBut(Shape a, Shape b, int axis) {
    return a.with(axis, Dim.ONE).provablySame(b.with(axis, Dim.ONE));
  }

  private static List<Value> where(OpCall call) {
    Value condition = Promotion.truth(call.value("condition"));
    if (!call.has("x1") || !call.has("x2")) {
      return nonzero(condition);
    }
    List<Value> pair = call.pair("x1", "x2");
    return List.of(condition.where(pair.get(0), pair.get(1)));
  }

  /** The choice of the first condition that holds. */
  private static Value select(OpCall call) {
    List<Value> conditions = call.values("condlist");
    List<Object> all = new ArrayList<>((List<?>) call.raw("choicelist"));
    all.add(call.raw("default"));
    List<Value> choices = Promotion.together(call, all);
    Value result = choices.get(conditions.size());
    for (int i = conditions.size() - 1; i >= 0; i--) {
      result = Promotion.truth(conditions.get(i)).where(choices.get(i), result);
    }
    return result;
  }

  /** The coordinates of what is not 0, axis by axis. */
  private static List<Value> nonzero(Value x) {
    Value rows = Value.of(new Selection.NonZero(), Promotion.counted(x));
    List<Value> axes = new ArrayList<>();
    for (long axis = 0; axis < x.shape().rank(); axis++) {
      axes.add(rows.slice(0, axis, axis + 1).squeeze(0).cast(ElementType.INT32));
    }
    return axes;
  }

  private static List<Value> unravel(OpCall call) {
    Value rest = call.value("indices");
    long size = 1;
    for (long extent : call.integers("shape")) {
      size *= extent;
    }
    rest = rest.lt(0).where(rest.add(size), rest);
    List<Value> places = new ArrayList<>();
    long[] shape = call.integers("shape");
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      Value extent = rest.scalar(shape[axis]);
      places.add(Division.modulo(rest, extent));
      rest = Division.floor(rest, extent);
    }
    Collections.reverse(places);
    return places;
  }
}
