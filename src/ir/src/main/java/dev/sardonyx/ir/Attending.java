package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attention, and what attention networks are made of beside it. */
public sealed interface Attending extends Op, Expandable
    permits Attending.Attention, Attending.FlexAttention, Attending.RotaryEmbedding, Caching {
  /**
   * softmax(Q·Kᵀ·scale + mask)·V for each head: Q is [N,H,L,E], K [N,G,S,E], V [N,G,S,F] and the
   * result [N,H,L,F]; with H a multiple of G, each head of K and V serves H/G heads of Q in a row.
   * Or all have rank 3, heads side by side in the last axis: [N,L,H·E] and so on.
   *
   * <p>Query i stands at the position p = i + P, where P counts the keys before the first query:
   * those in {@code past_key}, or {@code nonpad_kv_seqlen} - L for each sample. A query to which no
   * key is open has zeros as its result.
   *
   * <p>The optional results are the keys and values together with those of the past, as [N,G,S,E]
   * and [N,G,S,F], and the scores, as [N,H,L,S].
   *
   * @param isCausal whether keys after p are closed
   * @param kvNumHeads G, for inputs of rank 3
   * @param leftWindowSize how far before p keys are open; -1: however far
   * @param qNumHeads H, for inputs of rank 3
   * @param qkMatmulOutputMode which scores to give: 0 as multiplied, 1 capped, 2 masked, 3 after
   *     the softmax
   * @param rightWindowSize how far after p keys are open; -1: however far
   * @param scale 1/√E where absent
   * @param softcap c in c·tanh(score/c), which is taken before the mask; 0: not at all
   * @param softmaxPrecision in which float type the softmax is computed; Q's where absent
   */
  @Onnx(
      since = 25,
      from = 23,
      inputs = "Q K V attn_mask? past_key? past_value? nonpad_kv_seqlen?",
      outputs = "Y present_key? present_value? qk_matmul_output?")
  record Attention(
      @Default("0") boolean isCausal,
      @Nullable Long kvNumHeads,
      @Default("-1") long leftWindowSize,
      @Nullable Long qNumHeads,
      @Default("0") long qkMatmulOutputMode,
      @Default("-1") long rightWindowSize,
      @Nullable Float scale,
      @Default("0.0") float softcap,
      @Default("") @Nullable ElementType softmaxPrecision)
      implements Attending {
    /** With every attribute at its default. */
    public Attention() {
      this(false, null, -1, null, 0, -1, null, 0, null);
    }

    @Override
    public List<Type> infer(Inference in) {
      return new AttentionShapes(in, this).types();
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return AttentionExpansion.of(e, this);
    }
  }

  /**
   * Attention whose scores and probabilities pass through graphs: softmax(Q·Kᵀ·scale) and then the
   * product with V, with Q [N,H,L,E], K [N,G,S,E], V [N,G,S,F] and the result [N,H,L,F].
   *
   * @param probMod what becomes of the probabilities: from [N,H,L,S] to the like
   * @param scale 1/√E where absent
   * @param scoreMod what becomes of the scores before the softmax: from [N,H,L,S] to the like
   * @param softmaxPrecision the element type of scores and probabilities; where absent float64 for
   *     float64, else float32
   */
  @Onnx(since = 1, from = 1, inputs = "Q K V", domain = "ai.onnx.preview")
  record FlexAttention(
      @Default("") @Nullable Body probMod,
      @Nullable Float scale,
      @Default("") @Nullable Body scoreMod,
      @Default("") @Nullable ElementType softmaxPrecision)
      implements Attending {
    @Override
    public List<Type> infer(Inference in) {
      return FlexAttentionRules.types(in, this);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return FlexAttentionRules.expand(e, this);
    }
  }

  /**
   * Positions made into rotations: pairs of features (a, b) become (a·cos - b·sin, a·sin + b·cos).
   * X is [N,H,S,E], or [N,S,H·E] with {@code numHeads}. The caches of cosines and sines are
   * [positions,R/2], of which the position ids [N,S] choose, or [N,S,R/2] without ids.
   *
   * @param interleaved whether a pair are neighbours; else b lies R/2 after a
   * @param numHeads H, for X of rank 3
   * @param rotaryEmbeddingDim R, how many features of a head are rotated; 0: all
   */
  @Onnx(since = 23, from = 23, inputs = "X cos_cache sin_cache position_ids?")
  record RotaryEmbedding(
      @Default("0") boolean interleaved,
      @Nullable Long numHeads,
      @Default("0") long rotaryEmbeddingDim)
      implements Attending {
    @Override
    public List<Type> infer(Inference in) {
      return Rotation.types(in, this);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return Rotation.expand(e, this);
    }
  }
}
