package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * {@link TensorAlgebra.Einsum} in other operators: inputs are combined two by two from the left, by
 * a product of matrices where something is summed, else by an elementwise one.
 */
final class EinsumExpansion {
  private EinsumExpansion() {}

  /** A tensor and a label for each of its axes, all different. */
  private record Operand(Value value, List<Integer> labels) {
    /** Summed over the axes whose labels are not among these. */
    Operand keeping(Collection<Integer> kept) {
      List<Integer> left = labels.stream().filter(kept::contains).toList();
      long[] axes =
          LongStream.range(0, labels.size())
              .filter(axis -> !kept.contains(labels.get((int) axis)))
              .toArray();
      return axes.length == 0 ? this : new Operand(value.sum(false, axes), left);
    }

    /** The value with its axes in the order of these labels, which are its own. */
    Value inOrder(List<Integer> order) {
      long[] perm = order.stream().mapToLong(labels::indexOf).toArray();
      boolean same = order.equals(labels);
      return same ? value : value.transpose(perm);
    }

    boolean isOne(int label) {
      return value.shape().dim(labels.indexOf(label)).is(1);
    }
  }

  static @Nullable Value of(Expansion e, EinsumEquation equation) {
    List<Operand> operands = new ArrayList<>();
    int dots = 0;
    for (int i = 0; i < e.size(); i++) {
      if (!e.shape(i).isRanked()) {
        return null;
      }
      String term = equation.terms().get(i);
      int rest = e.shape(i).rank() - EinsumEquation.letters(term);
      dots = Math.max(dots, rest);
      operands.add(diagonal(e.x(i), EinsumEquation.labels(term, rest)));
    }
    List<Integer> output = EinsumEquation.labels(equation.output(), dots);
    List<Operand> stretched = withoutOnes(operands);
    Operand result = stretched.get(0);
    for (int i = 1; i < stretched.size(); i++) {
      Set<Integer> needed = new HashSet<>(output);
      stretched.subList(i + 1, stretched.size()).forEach(o -> needed.addAll(o.labels()));
      result = product(result, stretched.get(i), needed);
    }
    return result.keeping(output).inOrder(output);
  }

  /** The diagonal along axes of one label: what lies beside it is made 0 and summed. */
  private static Operand diagonal(Value x, List<Integer> labels) {
    for (int second = labels.size() - 1; second > 0; second--) {
      int first = labels.indexOf(labels.get(second));
      if (first < second) {
        Value extent = Extents.axis(x, first).squeeze(0);
        Value places = Value.range(extent.scalar(0), extent, extent.scalar(1));
        int rank = labels.size();
        Value same = along(places, first, rank).eq(along(places, second, rank));
        List<Integer> left = new ArrayList<>(labels);
        left.remove(second);
        return diagonal(same.where(x, x.scalar(0)).sum(false, second), left);
      }
    }
    return new Operand(x, labels);
  }

  /** A vector as a tensor of this rank along one axis, ready to broadcast. */
  private static Value along(Value vector, int axis, int rank) {
    long[] behind = LongStream.range(1, rank - axis).toArray();
    return behind.length == 0 ? vector : vector.unsqueeze(behind);
  }

  /** Without axes of extent 1 that another operand's axis of that label stretches. */
  private static List<Operand> withoutOnes(List<Operand> operands) {
    List<Operand> stretched = new ArrayList<>();
    for (Operand operand : operands) {
      List<Integer> kept = new ArrayList<>();
      for (int label : operand.labels()) {
        boolean stretches =
            operands.stream().anyMatch(o -> o.labels().contains(label) && !o.isOne(label));
        if (!operand.isOne(label) || !stretches) {
          kept.add(label);
        }
      }
      long[] ones =
          LongStream.range(0, operand.labels().size())
              .filter(axis -> !kept.contains(operand.labels().get((int) axis)))
              .toArray();
      stretched.add(ones.length == 0 ? operand : new Operand(operand.value().squeeze(ones), kept));
    }
    return stretched;
  }

  private static Operand product(Operand left, Operand right, Set<Integer> needed) {
    Operand a = left.keeping(union(needed, right.labels()));
    Operand b = right.keeping(union(needed, left.labels()));
    List<Integer> batch = new ArrayList<>();
    List<Integer> summed = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int label : a.labels()) {
      boolean shared = b.labels().contains(label);
      (!shared ? rows : needed.contains(label) ? batch : summed).add(label);
    }
    List<Integer> columns = b.labels().stream().filter(l -> !a.labels().contains(l)).toList();
    Value x = a.inOrder(concat(batch, rows, summed));
    Value y = b.inOrder(concat(batch, summed, columns));
    Value result =
        summed.isEmpty()
            ? elementwise(x, y, batch.size(), columns.size())
            : matrices(x, y, batch.size(), summed.size());
    return new Operand(result, concat(batch, rows, columns));
  }

  private static Value elementwise(Value x, Value y, int batch, int columns) {
    int rows = x.shape().rank() - batch;
    long[] behind = LongStream.range(x.shape().rank(), x.shape().rank() + columns).toArray();
    long[] between = LongStream.range(batch, batch + rows).toArray();
    // In front of everything new axes come by themselves.
    boolean needless = batch == 0 || between.length == 0;
    return (behind.length == 0 ? x : x.unsqueeze(behind)).mul(needless ? y : y.unsqueeze(between));
  }

  private static Value matrices(Value x, Value y, int batch, int summed) {
    int rows = x.shape().rank() - batch - summed;
    int columns = y.shape().rank() - batch - summed;
    Value left = grouped(x, batch, rows, summed);
    Value right = grouped(y, batch, summed, columns);
    Value product = left.matMul(right);
    if (rows == 1 && columns == 1) {
      return product;
    }
    List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, batch + rows));
    dims.addAll(y.shape().dims().subList(batch + summed, y.shape().rank()));
    return Extents.reshape(
        product,
        Shape.of(dims),
        () ->
            Extents.join(
                List.of(
                    Extents.shape(x, 0, batch + rows),
                    Extents.shape(y, batch + summed, y.shape().rank()))));
  }

  /** With the axes behind the batch as two: the first {@code first}, and the {@code second}. */
  private static Value grouped(Value x, int batch, int first, int second) {
    if (first == 1 && second == 1) {
      return x;
    }
    Shape shape = x.shape();
    List<Dim> dims = new ArrayList<>(shape.dims().subList(0, batch));
    dims.add(Shape.of(shape.dims().subList(batch, batch + first)).size());
    dims.add(Shape.of(shape.dims().subList(batch + first, shape.rank())).size());
    return Extents.reshape(
        x,
        Shape.of(dims),
        () ->
            Extents.join(
                List.of(
                    Extents.shape(x, 0, batch),
                    Extents.shape(x, batch, batch + first).prod(true, 0),
                    Extents.shape(x, batch + first, shape.rank()).prod(true, 0))));
  }

  private static Set<Integer> union(Set<Integer> a, List<Integer> b) {
    Set<Integer> all = new HashSet<>(a);
    all.addAll(b);
    return all;
  }

  private static List<Integer> concat(List<Integer> a, List<Integer> b, List<Integer> c) {
    List<Integer> all = new ArrayList<>(a);
    all.addAll(b);
    all.addAll(c);
    return all;
  }
}
