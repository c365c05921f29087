package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of Gather: dy is added up at the indices. ScatterND would do with one index a slice,
 * but with {@code add} it loses updates of equal indices when run on several threads.
 */
final class GatherGradient {
  private GatherGradient() {}

  static Value of(Pullback p, long axis) {
    Value x = p.x(0);
    Value indices = p.x(1);
    if (!x.shape().isRanked() || !indices.shape().isRanked()) {
      return Origins.gradient(x, p.dy(), places -> places.gather(indices, axis));
    }
    int rank = x.shape().rank();
    int at = (int) (axis < 0 ? axis + rank : axis);
    Value flat = indices.shape().rank() == 1 ? indices : indices.reshape(-1);
    Value dy = joined(p, at, flat);
    long[] column = new long[rank];
    Arrays.fill(column, 1);
    column[at] = -1;
    Value places = rank == 1 ? flat : flat.reshape(column).expand(pattern(dy, at));
    return x.zerosLike().scatterElements(places, dy, at, Indexing.ScatterReduction.ADD);
  }

  /** dy with the axes of the indices made one. */
  private static Value joined(Pullback p, int at, Value flat) {
    Value x = p.x(0);
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    dims.set(at, flat.shape().dim(0));
    return Extents.reshape(
        p.dy(),
        Shape.of(dims),
        () ->
            Extents.join(
                List.of(
                    Extents.shape(x, 0, at),
                    Extents.count(p.x(1)),
                    Extents.shape(x, at + 1, dims.size()))));
  }

  /** What to expand a column of indices to: 1 keeps the indexed axis as long as it is. */
  private static Value pattern(Value dy, int at) {
    Shape shape = dy.shape();
    List<Value> parts =
        List.of(Extents.shape(dy, 0, at), Value.longs(1), Extents.shape(dy, at + 1, shape.rank()));
    return Extents.join(parts);
  }
}
