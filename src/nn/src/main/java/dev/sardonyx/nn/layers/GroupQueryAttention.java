package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Attention in which several heads of queries share one of keys and values, Ainslie et al. 2023:
 * query [batch, queries, width] and value [batch, keys, width] become [batch, queries, width].
 */
public final class GroupQueryAttention extends ProjectedAttention<GroupQueryAttention> {
  private long headDim;
  private long numQueryHeads;
  private long numKeyValueHeads;

  GroupQueryAttention() {}

  /**
   * @param headDim how wide queries, keys and values of one head are, at least 1
   * @param numQueryHeads how many heads of queries there are: a multiple of the following
   * @param numKeyValueHeads how many heads of keys and values there are, at least 1
   */
  public static GroupQueryAttention groupQueryAttention(
      long headDim, long numQueryHeads, long numKeyValueHeads) {
    GroupQueryAttention made = new GroupQueryAttention();
    made.sizes(headDim, numQueryHeads, numKeyValueHeads);
    return made;
  }

  private void sizes(long width, long queryHeads, long keyHeads) {
    headDim = Allowed.atLeast(1, this, "head_dim", width);
    numQueryHeads = Allowed.atLeast(1, this, "num_query_heads", queryHeads);
    numKeyValueHeads = Allowed.atLeast(1, this, "num_key_value_heads", keyHeads);
    if (queryHeads % keyHeads != 0) {
      throw Allowed.refusal(
          this,
          "num_query_heads",
          "a multiple of num_key_value_heads, which is " + keyHeads,
          queryHeads,
          "change one of the two");
    }
  }

  @Override
  GroupQueryAttention self() {
    return this;
  }

  @Override
  void project(TensorType query, TensorType value, TensorType key) {
    if (query.shape().rank() != 3) {
      throw refuse(
          "NN-012",
          "needs queries of 3 axes (batch, queries, width), got " + query.shape().rank(),
          List.of(query),
          "a Reshape before this layer gives another number of axes");
    }
    project("query", query, 1, numQueryHeads, headDim);
    project("key", key, 1, numKeyValueHeads, headDim);
    project("gate", query, 1, numQueryHeads, headDim);
    project("value", value, 1, numKeyValueHeads, headDim);
    TensorType heads = TensorType.of(computeType(), 1, numQueryHeads, headDim);
    project("output", heads, 2, Axes.extent(this, query, 2));
  }

  @Override
  String prefix() {
    return "_";
  }

  @Override
  List<Integer> axes(int rank) {
    return List.of(1);
  }

  @Override
  long keyWidth() {
    return headDim;
  }

  @Override
  Value spread(Value projected) {
    if (numQueryHeads == numKeyValueHeads || !projected.shape().dim(2).is(numKeyValueHeads)) {
      return projected;
    }
    long repeats = numQueryHeads / numKeyValueHeads;
    long[] heads = LongStream.range(0, numQueryHeads).map(i -> i / repeats).toArray();
    return projected.gather(Value.longs(heads), 2);
  }

  @Override
  boolean takesQueryMask() {
    return true;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    sizes(
        config.integer("head_dim", headDim),
        config.integer("num_query_heads", numQueryHeads),
        config.integer("num_key_value_heads", numKeyValueHeads));
  }
}
