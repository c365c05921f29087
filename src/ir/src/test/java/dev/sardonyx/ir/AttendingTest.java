package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.types;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Caching.CacheMode;
import dev.sardonyx.ir.Caching.ConvActivation;
import dev.sardonyx.ir.Caching.UpdateRule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttendingTest {
  private static final String AXES =
      "the axes are batch, heads, positions and features of a head; or batch, positions and the"
          + " features of all heads";

  private static Attending.Attention heads(@Nullable Long queries, @Nullable Long keys) {
    return new Attending.Attention(false, keys, -1, queries, 0, -1, null, 0, null);
  }

  private static List<String> all(Op op, int outputs, @Nullable Value... inputs) {
    return Node.of(op, Arrays.asList(inputs), outputs).types().stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void attentionGivesAMeanOfValuesForEachQuery() {
    Attending.Attention plain = new Attending.Attention();
    assertEquals(
        List.of("float32[N,8,L,F]"),
        types(plain, x("float32[N,8,L,E]"), x("float32[N,2,S,E]"), x("float32[N,2,S,F]")));
    assertEquals(
        List.of("float32[N,L,48]", "float32[N,2,S,4]", "float32[N,2,S,6]", "float32[N,8,L,S]"),
        all(heads(8L, 2L), 4, x("float32[N,L,32]"), x("float32[N,S,8]"), x("float32[N,S,12]")));
    assertEquals(
        List.of("float32[N,H,1,E]", "float32[N,H,P+1,E]", "float32[N,H,P+1,E]"),
        all(
            plain,
            3,
            x("float32[N,H,1,E]"),
            x("float32[N,H,1,E]"),
            x("float32[N,H,1,E]"),
            null,
            x("float32[N,H,P,E]"),
            x("float32[N,H,P,E]")));
    assertEquals(
        List.of("float32[*]"), types(plain, x("float32[*]"), x("float32[*]"), x("float32[*]")));
    assertEquals(
        List.of("float32[?,?,?,F]"),
        types(plain, x("float32[*]"), x("float32[*]"), x("float32[N,2,S,F]")).stream()
            .map(t -> t.replace("N,", "?,").replace("[?,2", "[?,?"))
            .toList());
  }

  @Test
  void attentionRefusesHeadsThatDoNotFit() {
    Value q = x("float32[2,4,3,6]");
    Value k = x("float32[2,3,5,6]");
    assertRefused(
        "SHAPE-071",
        "Attention cannot share 3 heads of keys and values among 4 heads of queries",
        "the heads of Q are a multiple of those of K and V",
        () -> Value.of(heads(null, null), q, k, k));
    Value flat = x("float32[2,3,10]");
    assertRefused(
        "SHAPE-071",
        "Attention cannot part the 10 features of Q into 4 heads",
        "the last axis is a multiple of the number of heads",
        () -> Value.of(heads(4L, 2L), flat, flat, flat));
    assertRefused(
        "ATTR-003",
        "Attention misses its attribute q_num_heads",
        "inputs of rank 3 need it: their last axis holds the features of all heads",
        () -> Value.of(heads(null, null), flat, flat, flat));
    assertRefused(
        "ATTR-060",
        "Attention has 2 as q_num_heads for Q with 4 heads",
        "leave the attribute out: inputs of rank 4 have an axis for their heads",
        () -> Value.of(heads(2L, null), q, q, q));
    assertRefused(
        "SHAPE-070",
        "Attention takes Q of rank 3 or 4, got rank 2",
        AXES,
        () -> Value.of(heads(null, null), x("float32[3,4]"), k, k));
    assertRefused(
        "SHAPE-070",
        "Attention takes Q, K and V of one rank, got 4 and 3",
        AXES,
        () -> Value.of(heads(null, 2L), q, flat, flat));
  }

  @Test
  void attentionRefusesPastsAndMasksThatDoNotFit() {
    Attending.Attention op = new Attending.Attention();
    Value q = x("float32[2,1,3,4]");
    Value valid = x("int64[2]");
    assertRefused(
        "ATTR-042",
        "Attention has both past_key and nonpad_kv_seqlen",
        "give the past, or keys that hold it already with the count of valid ones",
        () -> Value.of(op, q, q, q, null, q, q, valid));
    assertRefused(
        "GRAPH-001",
        "Attention misses its input past_value",
        "give that input",
        () -> Value.of(op, q, q, q, null, q));
    assertRefused(
        "SHAPE-048",
        "Attention cannot stretch attn_mask to [2,1,3,3]",
        "aligned from the right, each dimension must be 1 or that of the scores, the last one at"
            + " most that",
        () -> Value.of(op, q, q, q, x("bool[3,4]")));
    assertRefused(
        "SHAPE-020",
        "Attention takes a vector as nonpad_kv_seqlen, got rank 2",
        "give it the shape [n]",
        () -> Value.of(op, q, q, q, null, null, null, x("int64[2,1]")));
    assertRefused(
        "ATTR-004",
        "Attention has -2 in left_window_size",
        "the least it takes is -1",
        () ->
            Value.of(
                new Attending.Attention(false, null, -2, null, 0, -1, null, 0, null), q, q, q));
  }

  @Test
  void graphsThatChangeScoresKeepTheirType() {
    Value q = x("float32[N,4,L,6]");
    Value k = x("float32[N,2,S,6]");
    Closure closure = new Closure();
    Value scores = x("float32[N,4,L,S]");
    closure.body("twice", List.of(scores), List.of(scores.mul(2)));
    closure.close();
    Op twice = new Attending.FlexAttention(null, null, closure.body(0), null);
    assertEquals(List.of("float32[N,4,L,6]"), types(twice, q, k, k));
    Closure other = new Closure();
    Value wrong = x("float32[N,4,L,S]");
    other.body("max", List.of(wrong), List.of(wrong.max(false, -1)));
    other.close();
    assertRefused(
        "ATTR-061",
        "FlexAttention has a prob_mod from [float32[N,4,L,S]] to [float32[N,4,L]]",
        "it makes one tensor of one: both are float32[N,4,L,S]",
        () -> Value.of(new Attending.FlexAttention(other.body(0), null, null, null), q, k, k));
  }

  @Test
  void rotationKeepsTheTypeAndChecksItsCaches() {
    Attending.RotaryEmbedding op = new Attending.RotaryEmbedding(false, null, 0);
    assertEquals(
        List.of("float32[N,H,S,8]"),
        types(op, x("float32[N,H,S,8]"), x("float32[P,4]"), x("float32[P,4]"), x("int64[N,S]")));
    assertRefused(
        "SHAPE-072",
        "RotaryEmbedding cannot pair the 5 features of a head",
        "give heads an even number of features, or set rotary_embedding_dim",
        () -> Value.of(op, x("float32[1,2,3,5]"), x("float32[1,3,2]"), x("float32[1,3,2]")));
    assertRefused(
        "SHAPE-023",
        "RotaryEmbedding needs the pairs of features of X and cos_cache to agree, got 4 and 3",
        "the two extents must be the same",
        () -> Value.of(op, x("float32[1,2,3,8]"), x("float32[1,3,3]"), x("float32[1,3,3]")));
    assertRefused(
        "SHAPE-070",
        "RotaryEmbedding takes cos_cache of rank 3, got rank 2",
        "without position_ids its axes are batch, positions and pairs of features",
        () -> Value.of(op, x("float32[1,2,3,8]"), x("float32[9,4]"), x("float32[9,4]")));
  }

  @Test
  void cachesKeepTheirTypes() {
    Op scatter = new Caching.TensorScatter(-2, CacheMode.LINEAR);
    Value cache = x("float32[N,8,100,64]");
    assertEquals(
        List.of("float32[N,8,100,64]"),
        types(scatter, cache, x("float32[N,8,T,64]"), x("int64[N]")));
    assertRefused(
        "SHAPE-073",
        "TensorScatter cannot write 101 positions into a cache of 100",
        "an update is at most as long as the cache",
        () -> Value.of(scatter, cache, x("float32[N,8,101,64]")));
    assertEquals(
        List.of("float32[N,C,T]", "float32[N,C,3]"),
        types(
            new Caching.CausalConvWithState(ConvActivation.NONE),
            x("float32[N,C,T]"),
            x("float32[C,1,4]")));
  }

  @Test
  void linearAttentionTakesWhatItsRuleUses() {
    Value qkv = x("float32[N,T,16]");
    Op gated = new Caching.LinearAttention(64, 2, 4, 0, UpdateRule.GATED);
    assertEquals(
        List.of("float32[N,T,32]", "float32[N,2,4,8]"),
        types(gated, qkv, x("float32[N,T,8]"), qkv, null, x("float32[N,T,2]")));
    assertRefused(
        "ATTR-063",
        "LinearAttention has beta for the rule gated",
        "gated rules use decay, delta rules use beta; leave the other out",
        () -> Value.of(gated, qkv, x("float32[N,T,8]"), qkv, null, qkv, x("float32[N,T,1]")));
    assertRefused(
        "GRAPH-001",
        "LinearAttention misses its input decay",
        "give that input",
        () -> Value.of(gated, qkv, x("float32[N,T,8]"), qkv));
    assertRefused(
        "SHAPE-071",
        "LinearAttention cannot part the 3 numbers of decay among 2 heads",
        "it has 2 or 8 of them",
        () -> Value.of(gated, qkv, x("float32[N,T,8]"), qkv, null, x("float32[N,T,3]")));
  }
}
