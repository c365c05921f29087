package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Attention of several heads, Vaswani et al. 2017: query [batch, queries, width] and value [batch,
 * keys, width] become [batch, queries, width]. Further axes are allowed, see {@link
 * #attentionAxes}.
 */
public final class MultiHeadAttention extends ProjectedAttention<MultiHeadAttention> {
  private long numHeads;
  private long keyDim;
  private long valueDim;
  private List<Long> outputShape = List.of();
  private List<Long> attentionAxes = List.of();

  MultiHeadAttention() {}

  /**
   * @param numHeads how many heads there are, at least 1
   * @param keyDim how wide queries, keys and values of one head are, at least 1
   */
  public static MultiHeadAttention multiHeadAttention(long numHeads, long keyDim) {
    MultiHeadAttention made = new MultiHeadAttention();
    made.numHeads = Allowed.atLeast(1, made, "num_heads", numHeads);
    made.keyDim = Allowed.atLeast(1, made, "key_dim", keyDim);
    return made.valueDim(keyDim);
  }

  @Override
  MultiHeadAttention self() {
    return this;
  }

  /** How wide values of one head are; as keys by default. */
  public MultiHeadAttention valueDim(long dim) {
    valueDim = Allowed.atLeast(1, this, "value_dim", dim);
    return this;
  }

  /** The last axes of the result; the query's width by default. */
  public MultiHeadAttention outputShape(long... shape) {
    outputShape = checked(Arrays.stream(shape).boxed().toList());
    return this;
  }

  private List<Long> checked(List<Long> shape) {
    shape.forEach(dim -> Allowed.atLeast(1, this, "output_shape", dim));
    return shape;
  }

  /** Along which axes queries look for keys; all but the batch and the last by default. */
  public MultiHeadAttention attentionAxes(long... axes) {
    attentionAxes = Arrays.stream(axes).boxed().toList();
    return this;
  }

  @Override
  void project(TensorType query, TensorType value, TensorType key) {
    project("query", query, 1, numHeads, keyDim);
    project("key", key, 1, numHeads, keyDim);
    project("gate", query, 1, numHeads, valueDim);
    project("value", value, 1, numHeads, valueDim);
    int rank = query.shape().rank();
    long[] outputs =
        outputShape.isEmpty()
            ? new long[] {Axes.extent(this, query, rank - 1)}
            : outputShape.stream().mapToLong(dim -> dim).toArray();
    TensorType heads = TensorType.of(computeType(), 1, numHeads, valueDim);
    project("output", heads, 2, outputs);
  }

  @Override
  String prefix() {
    return "";
  }

  @Override
  List<Integer> axes(int rank) {
    return attentionAxes.isEmpty()
        ? IntStream.range(1, rank - 2).boxed().toList()
        : attentionAxes.stream().map(a -> (int) (a < 0 ? rank - 1 + a : a)).toList();
  }

  @Override
  long keyWidth() {
    return keyDim;
  }

  @Override
  Value spread(Value projected) {
    return projected;
  }

  @Override
  public boolean takesMasksOff() {
    return true;
  }

  @Override
  boolean takesQueryMask() {
    return false;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    numHeads = Allowed.atLeast(1, this, "num_heads", config.integer("num_heads", numHeads));
    keyDim = Allowed.atLeast(1, this, "key_dim", config.integer("key_dim", keyDim));
    @Nullable Long width = config.optionalInteger("value_dim", valueDim == 0 ? null : valueDim);
    valueDim(width == null ? keyDim : width);
    outputShape = checked(listed(config, "output_shape", outputShape));
    attentionAxes = listed(config, "attention_axes", attentionAxes);
  }

  /** A list, one number that stands for a list of itself, or null for an empty one. */
  private static List<Long> listed(Config config, String key, List<Long> value) {
    Object given = config.json(key, value.isEmpty() ? null : value);
    return given == null
        ? List.of()
        : config.integers(key, given instanceof Number ? List.of(0L) : value);
  }
}
