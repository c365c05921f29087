package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.type;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Types and refusals of ONNX Runtime's own operators. */
class ContribTest {
  private static final String AXES =
      "reshape the input; the operator's documentation says what its axes are";

  private static List<String> all(Op op, int outputs, @Nullable Value... inputs) {
    return Node.of(op, Arrays.asList(inputs), outputs).types().stream()
        .map(Object::toString)
        .toList();
  }

  private static FusedAttention.Attention self(long heads, Long... sizes) {
    return new FusedAttention.Attention(null, null, heads, null, List.of(sizes), null, null, false);
  }

  private static FusedAttention.MultiHeadAttention heads(long heads) {
    return new FusedAttention.MultiHeadAttention(null, heads, null, false);
  }

  private static FusedAttention.GroupQueryAttention grouped(long heads, long keys) {
    return new FusedAttention.GroupQueryAttention(
        null, "NONE", null, keys, -1, heads, 1e-6f, 0, null, null, false, -1, null, "NONE");
  }

  @Test
  void attentionProjectsASequence() {
    Value x = x("float32[N,S,12]");
    assertEquals(
        List.of("float32[N,S,8]", "float32[2,N,4,S,2]"), all(self(4), 2, x, x("float32[12,24]")));
    assertEquals(
        List.of("float32[N,S,4]", "float32[2,N,4,P+S,1]"),
        all(self(4, 8L, 8L, 4L), 2, x, x("float32[12,20]"), null, null, x("float32[2,N,4,P,1]")));
    assertEquals(
        List.of("float32[?,?,8]"),
        all(self(4), Inference.ANY_NUMBER, x("float32[*]"), x("float32[12,24]")));
  }

  @Test
  void attentionRefusesWeightsThatDoNotFit() {
    Value x = x("float32[N,S,12]");
    assertRefused(
        "SHAPE-070",
        "Attention takes rank 3 as input, got [S,12]",
        AXES,
        () -> Value.of(self(4), x("float32[S,12]"), x("float32[12,24]")));
    assertRefused(
        "SHAPE-023",
        "Attention needs the input's features and the weights' rows to agree, got 12 and 8",
        "the two extents must be the same",
        () -> Value.of(self(4), x, x("float32[8,24]")));
    assertRefused(
        "SHAPE-023",
        "Attention needs qkv_hidden_sizes' sum and the weights' columns to agree, got 20 and 24",
        "the two extents must be the same",
        () -> Value.of(self(4, 8L, 8L, 4L), x, x("float32[12,24]")));
    assertRefused(
        "SHAPE-071",
        "Attention cannot divide 8 features among 3 heads",
        "correct num_heads, or the last axis",
        () -> Value.of(self(3), x, x("float32[12,24]")));
    assertRefused(
        "ATTR-004",
        "Attention has num_heads=2 and qkv_hidden_sizes=[8]",
        "there is 1 head or more, and sizes are three or none",
        () -> Value.of(self(2, 8L), x, x("float32[12,24]")));
  }

  @Test
  void attentionToOthersGivesKeysAndValuesOfAllSteps() {
    assertEquals(
        List.of("float32[N,S,6]", "float32[N,2,L,4]", "float32[N,2,L,3]", "float32[N,2,S,L]"),
        all(heads(2), 4, x("float32[N,S,8]"), x("float32[N,L,8]"), x("float32[N,L,6]")));
    assertEquals(
        List.of("float32[N,S,8]", "float32[N,2,S,4]", "float32[N,2,S,4]"),
        all(heads(2), 3, x("float32[N,S,2,3,4]")));
    assertEquals(
        List.of("float32[N,S,8]", "float32[N,2,L,4]"),
        all(heads(2), 2, x("float32[N,S,8]"), x("float32[N,L,2,2,4]")));
    assertRefused(
        "SHAPE-071",
        "MultiHeadAttention cannot divide 8 features among 3 heads",
        "correct num_heads, or the last axis",
        () -> Value.of(heads(3), x("float32[N,S,8]"), x("float32[N,L,8]"), x("float32[N,L,6]")));
    assertRefused(
        "ATTR-004",
        "MultiHeadAttention has num_heads=0",
        "there is 1 head or more",
        () -> Value.of(heads(0), x("float32[N,S,8]")));
  }

  @Test
  void headsOfQueriesShareHeadsOfKeys() {
    Value one = x("int32[]");
    assertEquals(
        List.of("float32[N,S,32]", "float32[N,2,?,8]", "float32[N,2,?,8]"),
        all(grouped(4, 2), 3, x("float32[N,S,64]"), null, null, null, null, x("int32[N]"), one));
    assertRefused(
        "ATTR-004",
        "GroupQueryAttention has 4 heads of queries and 3 of keys",
        "the first is a multiple of the second",
        () ->
            all(
                grouped(4, 3),
                1,
                x("float32[N,S,64]"),
                null,
                null,
                null,
                null,
                x("int32[N]"),
                one));
    assertRefused(
        "SHAPE-070",
        "RotaryEmbedding takes the rank 3 or 4, got [N,8]",
        "give [N,S,heads*E] or [N,heads,S,E]",
        () ->
            Value.of(
                new FusedAttention.RotaryEmbedding(null, null, null, null, null),
                x("float32[N,8]"),
                x("int64[1]"),
                x("float32[9,4]"),
                x("float32[9,4]")));
  }

  @Test
  void normalizationsGiveStatisticsWhereAsked() {
    Op skip = new FusedNormalizations.SkipLayerNormalization(1e-12f);
    Value x = x("float16[N,S,8]");
    assertEquals(
        List.of("float16[N,S,8]", "float32[N,S,1]", "float32[N,S,1]", "float16[N,S,8]"),
        all(skip, 4, x, x, x("float16[8]")));
    assertRefused(
        "SHAPE-048",
        "SkipLayerNormalization cannot stretch gamma to [N,S,8]",
        "aligned from the right, each dimension must be 1 or that of the target",
        () -> Value.of(skip, x, x, x("float16[4]")));
    Op root = new FusedNormalizations.SimplifiedLayerNormalization(1, 1e-5f, ElementType.FLOAT32);
    assertEquals(List.of("float16[N,S,8]", "float32[N,1,1]"), all(root, 2, x, x("float16[S,8]")));
    assertRefused(
        "SHAPE-070",
        "EmbedLayerNormalization takes rank 2 as input_ids, got [N]",
        AXES,
        () ->
            Value.of(
                new FusedNormalizations.EmbedLayerNormalization(1e-12f, null),
                x("int32[N]"),
                x("int32[N]"),
                x("float32[V,8]"),
                x("float32[P,8]"),
                x("float32[2,8]"),
                x("float32[8]"),
                x("float32[8]")));
  }

  @Test
  void productsExchangeAxes() {
    assertEquals(
        "float32[B,3,5]",
        type(
            new FusedProducts.FusedMatMul(1, true, false, true, true),
            x("float32[4,B,3]"),
            x("float32[4,B,5]")));
    assertRefused(
        "SHAPE-046",
        "FusedMatMul needs as many columns in A as rows in B, got 3 and 4",
        "A[M,K] times B[K,N] gives [M,N]; transpose one of them if its axes are the other way",
        () ->
            Value.of(
                new FusedProducts.FusedMatMul(1, false, false, false, false),
                x("float32[2,3]"),
                x("float32[4,5]")));
    assertRefused(
        "SHAPE-054",
        "Inverse takes matrices, got [3]",
        "give two axes or more",
        () -> Value.of(new FusedProducts.Inverse(), x("float32[3]")));
    assertRefused(
        "SHAPE-023",
        "Inverse needs rows and columns to agree, got 3 and 4",
        "the two extents must be the same",
        () -> Value.of(new FusedProducts.Inverse(), x("float32[3,4]")));
  }
}
