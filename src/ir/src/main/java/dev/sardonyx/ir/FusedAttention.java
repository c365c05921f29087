package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime's forms of attention. Vaswani et al. 2017. */
public sealed interface FusedAttention extends Contrib {
  /**
   * Attention of a sequence [N,S,D] to itself, with the weights [D,Q+K+V] of its three projections:
   * [N,S,V], and the keys and values of all steps so far, [2,N,heads,S,V/heads].
   *
   * @param doRotary whether rotations tell positions
   * @param maskFilterValue what is added where the mask is 0
   * @param numHeads how many heads there are
   * @param pastPresentShareBuffer whether past and present are one buffer
   * @param qkvHiddenSizes Q, K and V; a third of the weights each if absent
   * @param rotaryEmbeddingDim how many features of a head are rotated
   * @param scale of the products; 1/√(Q/heads) if absent
   * @param unidirectional whether no step looks at later ones
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "input weights bias? mask_index? past? attention_bias? past_sequence_length?",
      outputs = "output present?",
      domain = Contrib.DOMAIN)
  record Attention(
      @Default("") @Nullable Long doRotary,
      @Default("") @Nullable Float maskFilterValue,
      long numHeads,
      @Default("") @Nullable Long pastPresentShareBuffer,
      List<Long> qkvHiddenSizes,
      @Default("") @Nullable Long rotaryEmbeddingDim,
      @Default("") @Nullable Float scale,
      @Default("0") boolean unidirectional)
      implements FusedAttention, Expandable {
    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return ProjectedAttention.expand(this, e);
    }

    @Override
    public List<Type> infer(Inference in) {
      boolean shared = pastPresentShareBuffer != null && pastPresentShareBuffer != 0;
      TensorType like = in.type(0);
      return SelfAttention.types(in, like, numHeads, qkvHiddenSizes, 4, shared);
    }
  }

  /**
   * {@link Attention} of quantized sequences with quantized weights. The gradient is that of the
   * real numbers that integers and scales stand for.
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs =
          "input weight bias input_scale weight_scale mask_index? input_zero_point?"
              + " weight_zero_point? past?",
      outputs = "output present?",
      domain = Contrib.DOMAIN)
  record QAttention(
      @Default("") @Nullable Long doRotary,
      @Default("") @Nullable Float maskFilterValue,
      long numHeads,
      @Default("") @Nullable Long pastPresentShareBuffer,
      @Default("") @Nullable Float scale,
      @Default("0") boolean unidirectional)
      implements FusedAttention, Expandable {
    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Op real =
          new Attention(
              doRotary,
              maskFilterValue,
              numHeads,
              pastPresentShareBuffer,
              List.of(),
              null,
              scale,
              unidirectional);
      Value x = real(e, 0, 3, 6);
      Value weights = real(e, 1, 4, 7);
      List<@Nullable Value> inputs =
          Arrays.asList(x, weights, e.x(2), e.optional(5), e.optional(8));
      return List.copyOf(Node.of(real, inputs, e.outputs()).outputs());
    }

    /** Scales of weights are one number, or one for each column. */
    private static Value real(Expansion e, int q, int scale, int zero) {
      Value x = e.x(q).cast(e.element(scale));
      Value centered = e.has(zero) ? x.sub(e.x(zero).cast(x.element())) : x;
      return centered.mul(e.x(scale));
    }

    @Override
    public List<Type> infer(Inference in) {
      boolean shared = pastPresentShareBuffer != null && pastPresentShareBuffer != 0;
      return SelfAttention.types(in, in.type(2), numHeads, List.of(), 8, shared);
    }
  }

  /**
   * Attention of queries [N,S,D] to keys [N,L,D] with values [N,L,V]: [N,S,V]; and keys and values
   * of all steps so far, [N,heads,T,D/heads]; and the products. Keys and values may be
   * [N,heads,L,D/heads], too, or be packed: keys and values [N,L,heads,2,D/heads], or all three
   * [N,S,heads,3,D/heads].
   *
   * @param maskFilterValue what is added where the mask is 0; -10000 if absent
   * @param numHeads how many heads there are
   * @param scale of the products; 1/√(D/heads) if absent
   * @param unidirectional whether no step looks at later ones
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs =
          "query key? value? bias? key_padding_mask? attention_bias? past_key? past_value?"
              + " past_sequence_length? cache_indirection?",
      outputs = "output present_key? present_value? qk?",
      domain = Contrib.DOMAIN)
  record MultiHeadAttention(
      @Default("") @Nullable Float maskFilterValue,
      long numHeads,
      @Default("") @Nullable Float scale,
      @Default("0") boolean unidirectional)
      implements FusedAttention, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return new CrossAttention(this).types(in);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return new CrossAttention(this).expand(e);
    }
  }

  /**
   * Attention in which several heads of queries share a head of keys and values: queries
   * [N,S,heads·E], keys and values [N,S,kv_heads·E], or all three in one tensor.
   *
   * @param doRotary whether rotations tell positions
   * @param kvNumHeads how many heads of keys and values there are
   * @param localWindowSize how far back a step looks; -1: to the beginning
   * @param numHeads how many heads of queries there are
   * @param qkOutput whether the products are given, and before or after softmax
   * @param scale of the products; 1/√E if absent
   * @param smoothSoftmax whether softmax has one more term, 1, in its sum
   * @param softcap the bound of the products; none if absent or 0
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs =
          "query key? value? past_key? past_value? seqlens_k total_sequence_length cos_cache?"
              + " sin_cache? position_ids? attention_bias? head_sink? k_scale? v_scale?"
              + " q_norm_weight? k_norm_weight?",
      outputs = "output present_key? present_value? output_qk?",
      domain = Contrib.DOMAIN)
  record GroupQueryAttention(
      @Default("") @Nullable Long doRotary,
      @Default("NONE") String kQuantType,
      @Default("") @Nullable Long kvCacheBitWidth,
      long kvNumHeads,
      @Default("-1") long localWindowSize,
      long numHeads,
      @Default("1e-06") float qkNormEpsilon,
      @Default("0") long qkOutput,
      @Default("") @Nullable Long rotaryInterleaved,
      @Default("") @Nullable Float scale,
      @Default("0") boolean slidingWindowCache,
      @Default("-1") long smoothSoftmax,
      @Default("") @Nullable Float softcap,
      @Default("NONE") String vQuantType)
      implements FusedAttention, Expandable {
    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return GroupedAttention.expand(this, e);
    }

    @Override
    public List<Type> infer(Inference in) {
      if (numHeads < 1 || kvNumHeads < 1 || numHeads % kvNumHeads != 0) {
        throw in.fail(
            "ATTR-004",
            "has %s heads of queries and %s of keys".formatted(numHeads, kvNumHeads),
            "the first is a multiple of the second");
      }
      Shape query = Fused.ranked(in, 0, 3);
      long heads = in.has(1) ? numHeads : numHeads + 2 * kvNumHeads;
      Dim head = Fused.perHead(in, query.dim(2), heads);
      Shape y = query.with(2, head.times(numHeads));
      ElementType cache = in.has(3) ? in.element(3) : in.element(0);
      Shape kept = Shape.of(query.dim(0), Dim.of(kvNumHeads), Dim.UNKNOWN, head);
      TensorType present = new TensorType(cache, kept);
      Shape products = Shape.of(query.dim(0), Dim.of(numHeads), query.dim(1), Dim.UNKNOWN);
      TensorType type = in.type(0);
      return Fused.asked(in, 3, type.with(y), present, present, type.with(products));
    }
  }

  /**
   * Positions made into rotations, as the standard's RotaryEmbedding has it. The position ids are
   * [N,S], or one number that is the first step's.
   *
   * @param interleaved whether a pair are neighbours
   * @param isPackedBatching whether sequences of several lengths follow one another
   * @param numHeads how many heads there are, for inputs [N,S,heads·E]
   * @param rotaryEmbeddingDim how many features of a head are rotated; all if absent or 0
   * @param scale 1 if absent
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "input position_ids cos_cache sin_cache",
      outputs = "output",
      domain = Contrib.DOMAIN)
  record RotaryEmbedding(
      @Default("") @Nullable Long interleaved,
      @Default("") @Nullable Long isPackedBatching,
      @Default("") @Nullable Long numHeads,
      @Default("") @Nullable Long rotaryEmbeddingDim,
      @Default("") @Nullable Float scale)
      implements FusedAttention, Formula {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (x.isRanked() && x.rank() != 3 && x.rank() != 4) {
        throw in.fail(
            "SHAPE-070", "takes the rank 3 or 4, got " + x, "give [N,S,heads*E] or [N,heads,S,E]");
      }
      return List.of(in.type(0));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      Shape x = e.shape(0);
      Shape ids = e.shape(1);
      boolean other = isPackedBatching != null && isPackedBatching != 0 || scale != null;
      if (other || !x.isRanked() || !ids.isRanked()) {
        return null;
      }
      Value positions = e.x(1);
      if (ids.rank() < 2) {
        Value steps = Extents.axis(e.x(0), x.rank() == 3 ? 1 : 2).reshape();
        Value from = Value.range(Fused.zero(), steps, Fused.one()).add(e.x(1).reshape());
        Value shape = Extents.join(List.of(Extents.axis(e.x(0), 0), Value.longs(1)));
        positions = from.unsqueeze(0).expand(shape);
      }
      long rotated = rotaryEmbeddingDim == null ? 0 : rotaryEmbeddingDim;
      Value heads = x.rank() == 4 ? e.x(0) : heads(e, rotated);
      if (heads == null) {
        return null;
      }
      Op standard = new Attending.RotaryEmbedding(isInterleaved(), null, rotated);
      Value y = Value.of(standard, heads, e.x(2), e.x(3), positions);
      return x.rank() == 4 ? y : y.transpose(0, 2, 1, 3).reshapeLike(e.x(0));
    }

    private boolean isInterleaved() {
      return interleaved != null && interleaved != 0;
    }

    /** [N,S,heads*E] as [N,heads,S,E]; null if nothing tells how many heads there are. */
    private @Nullable Value heads(Expansion e, long rotated) {
      Value x = e.x(0);
      if (numHeads != null && numHeads != 0) {
        return x.reshape(0, 0, numHeads, -1).transpose(0, 2, 1, 3);
      }
      if (rotated != 0 || !e.shape(2).isRanked()) {
        return null;
      }
      Value size = Extents.axis(e.x(2), 1).mul(2);
      Value shape = Extents.join(List.of(Value.longs(0, 0, -1), size));
      return x.reshape(shape).transpose(0, 2, 1, 3);
    }
  }
}
