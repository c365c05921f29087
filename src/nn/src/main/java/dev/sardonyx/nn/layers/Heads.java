package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Dot-product attention of several heads along some axes: queries and keys [batch, …, heads,
 * width], scores [batch, other axes…, heads, queries…, keys…]. Vaswani et al. 2017.
 *
 * @param axes the axes that attention is along, of queries and keys alike
 * @param scale what products are multiplied by
 * @param fused whether to compute as Keras does where it asks for no scores: at least in float32,
 *     and a query that may see no key sees all; else it sees zeros
 */
record Heads(Layer owner, List<Integer> axes, double scale, boolean fused) {

  /** The result, [batch, …, heads, width of the values], and the scores. */
  record Result(Value output, Value scores) {}

  Result attend(Value q, Value k, Value v, @Nullable Value mask, UnaryOperator<Value> dropout) {
    Value products = fused ? products(q, k) : products(q.mul(scale), k);
    boolean half = products.element() != ElementType.FLOAT64;
    Value logits =
        fused
            ? products.cast(half ? ElementType.FLOAT32 : ElementType.FLOAT64).mul(scale)
            : products;
    int rank = logits.shape().rank();
    Value seen = mask == null ? null : expanded(mask, rank);
    long[] along = LongStream.range(rank - axes.size(), rank).toArray();
    Value scores;
    if (!fused || seen == null) {
      scores = Softmax.of(logits, seen, along);
    } else {
      double low = -0.7 * (half ? Float.MAX_VALUE : Double.MAX_VALUE);
      scores = Softmax.of(seen.where(logits, logits.scalar(low)), null, along);
    }
    Value weights = scores.cast(v.element());
    return new Result(combined(dropout.apply(weights), v), weights);
  }

  /** One axis of sequences behind the batch: products of matrices do. */
  private boolean simple(Value x) {
    return x.shape().rank() == 4 && axes.equals(List.of(1));
  }

  private Value products(Value q, Value k) {
    return simple(q)
        ? q.transpose(0, 2, 1, 3).matMul(k.transpose(0, 2, 3, 1))
        : Value.einsum(keys(q) + "," + queries(q) + "->" + scores(q), k, q);
  }

  private Value combined(Value scores, Value v) {
    return simple(v)
        ? scores.matMul(v.transpose(0, 2, 1, 3)).transpose(0, 2, 1, 3)
        : Value.einsum(scores(v) + "," + keys(v) + "->" + queries(v), scores, v);
  }

  private static String letter(int i) {
    return Character.toString('a' + i);
  }

  private static String queries(Value x) {
    return letters(IntStream.range(0, x.shape().rank()));
  }

  private String keys(Value x) {
    int rank = x.shape().rank();
    return letters(IntStream.range(0, rank).map(i -> axes.contains(i) ? key(rank, i) : i));
  }

  private int key(int rank, int axis) {
    return rank + (int) axes.stream().filter(a -> a < axis).count();
  }

  private String scores(Value x) {
    int rank = x.shape().rank();
    return letters(IntStream.range(0, rank - 1).filter(i -> !axes.contains(i)))
        + letters(axes.stream().mapToInt(i -> i))
        + letters(axes.stream().mapToInt(i -> key(rank, i)));
  }

  private static String letters(IntStream indices) {
    StringBuilder letters = new StringBuilder();
    indices.forEach(i -> letters.append(letter(i)));
    return letters.toString();
  }

  /** A mask with axes of 1 for those that it lacks, in front of those of queries and keys. */
  private Value expanded(Value mask, int rank) {
    Value expanded = mask;
    while (expanded.shape().rank() < rank) {
      int at = expanded.shape().rank() - 2 * axes.size();
      if (at < 0) {
        throw owner.refuse(
            "NN-012",
            "needs a mask of %s axes or more, for queries and keys".formatted(2 * axes.size()),
            List.of(mask.tensorType()),
            "give it a mask [batch, queries, keys]");
      }
      expanded = expanded.unsqueeze(at);
    }
    return expanded;
  }
}
