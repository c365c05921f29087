package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Choosing;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Selection;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;

/** How often what occurs. Shapes of results depend on the elements. */
final class NumpyCounting {
  static final OpTable TABLE =
      new OpTable()
          .op("Bincount(x; weights=None, minlength=0, sparse=False)", NumpyCounting::bincount)
          .many("Histogram(x; bins=10, range=None)", NumpyCounting::histogram)
          .many(
              "Unique(x; sorted=True, return_index=False, return_inverse=False,"
                  + " return_counts=False, axis=None, size=None, fill_value=None)",
              NumpyCounting::unique);

  private NumpyCounting() {}

  private static Value bincount(OpCall call) {
    Value x = call.x().cast(ElementType.INT64);
    Value depth = x.max(false).add(1).max(call.integer("minlength"));
    ElementType element = call.has("weights") ? call.value("weights").element() : ElementType.INT32;
    Value values = Value.constant(Tensor.from(element, new double[] {0, 1}, new long[] {2}));
    Value each = Value.of(new Selection.OneHot(-1), x, depth, values);
    if (call.has("weights")) {
      each = each.mul(call.value("weights").unsqueeze(-1));
    }
    return each.sum(false, -2);
  }

  /** Bins of equal width; the last one has its upper edge. */
  private static List<Value> histogram(OpCall call) {
    Value x = call.x().reshape(-1);
    Value numbers = Promotion.floating(x);
    Value low = numbers.min(false);
    Value high = numbers.max(false);
    if (call.raw("range") instanceof List<?> range) {
      low = numbers.scalar(((Number) range.get(0)).doubleValue());
      high = numbers.scalar(((Number) range.get(1)).doubleValue());
    }
    Value flat = low.eq(high);
    long bins = call.integer("bins");
    Value edges =
        NumpyCreation.line(flat.where(low.sub(0.5), low), flat.where(high.add(0.5), high), bins);
    Value each = numbers.unsqueeze(1);
    Value from = edges.slice(0, 0, -1);
    Value to = edges.slice(0, 1, Long.MAX_VALUE);
    Value last = Value.longs(java.util.stream.LongStream.range(0, bins).toArray()).eq(bins - 1);
    Value inside = each.ge(from).and(each.lt(to).or(last.and(each.eq(to))));
    return List.of(
        inside.cast(ElementType.INT32).sum(false, 0).cast(x.element()), edges.cast(x.element()));
  }

  private static List<Value> unique(OpCall call) {
    if (call.has("size")) {
      throw call.refuse("with size is not supported", "leave size out");
    }
    Value x = call.x();
    Long axis = call.has("axis") ? Long.valueOf(call.axis("axis", x)) : null;
    List<Value> all =
        Node.of(new Choosing.Unique(axis, true), List.of(Promotion.counted(x)), 4).outputs();
    List<Value> results = new ArrayList<>();
    results.add(all.get(0).cast(x.element()));
    if (call.flag("return_index")) {
      results.add(all.get(1).cast(ElementType.INT32));
    }
    if (call.flag("return_inverse")) {
      Value inverse = all.get(2).cast(ElementType.INT32);
      results.add(axis == null ? inverse.reshapeLike(x) : inverse);
    }
    if (call.flag("return_counts")) {
      results.add(all.get(3).cast(ElementType.INT32));
    }
    return results;
  }
}
