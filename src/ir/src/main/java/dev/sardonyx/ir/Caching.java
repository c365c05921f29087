package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Operators that carry a state from one piece of a sequence to the next. */
public sealed interface Caching extends Attending {
  /** Where a cache that is full goes on. */
  enum CacheMode {
    /** Nowhere: what is written fits. */
    LINEAR,
    /** At its beginning. */
    CIRCULAR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of a convolution's result. */
  enum ConvActivation {
    /** Nothing. */
    NONE,
    /** x·sigmoid(x). */
    SILU,
    /** Another name of {@link #SILU}. */
    SWISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The cache with the update written over it along one axis; for each sample from the index on
   * that {@code write_indices} [batch] holds, from 0 on without it.
   *
   * @param axis any but the first, which counts samples
   */
  @Onnx(
      since = 24,
      from = 24,
      inputs = "past_cache update write_indices?",
      outputs = "present_cache")
  record TensorScatter(@Default("-2") long axis, @Default("linear") CacheMode mode)
      implements Caching {
    @Override
    public List<Type> infer(Inference in) {
      return CacheUpdate.types(in, this);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return CacheUpdate.expand(e, this);
    }
  }

  /**
   * A convolution of each channel by itself over the present and the past: y[n,c,t] = b[c] + Σ over
   * k of w[c,0,k] · x[n,c,t + k - (K-1)], with the input [N,C,T] and the weight [C,1,K]. What lies
   * before the input is the past state [N,C,K-1], or zeros. The second result is the state for the
   * next piece: the last K-1 elements.
   */
  @Onnx(
      since = 27,
      from = 27,
      inputs = "input weight bias? past_state?",
      outputs = "output present_state")
  record CausalConvWithState(@Default("none") ConvActivation activation) implements Caching {
    @Override
    public List<Type> infer(Inference in) {
      return CausalConv.types(in);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return CausalConv.expand(e, activation);
    }
  }

  /** How linear attention changes its state S for a key k and a value v. */
  enum UpdateRule {
    /** S + k·vᵀ. */
    LINEAR,
    /** exp(decay)·S + k·vᵀ. */
    GATED,
    /** S + beta·k·(v - Sᵀ·k)ᵀ. */
    DELTA,
    /** The last with exp(decay)·S in place of S. */
    GATED_DELTA;

    boolean isGated() {
      return this == GATED || this == GATED_DELTA;
    }

    boolean isDelta() {
      return this == DELTA || this == GATED_DELTA;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Attention by a state [N,G,K,V] that each step changes by its rule and reads: y = scale·Sᵀ·q,
   * for queries [N,T,H·K], keys [N,T,G·K] and values [N,T,G·V]; each of the G heads of keys serves
   * H/G heads of queries. The results are [N,T,H·V] and the last state.
   *
   * <p>The decay is [N,T,G·K], or [N,T,G] for one number a head, beta [N,T,G] or [N,T,1]. Steps are
   * computed in float32.
   *
   * @param chunkSize a hint to kernels
   * @param kvNumHeads G
   * @param qNumHeads H
   * @param scale 1/√K if it is 0
   */
  @Onnx(
      since = 27,
      from = 27,
      inputs = "query key value past_state? decay? beta?",
      outputs = "output present_state")
  record LinearAttention(
      @Default("64") long chunkSize,
      long kvNumHeads,
      long qNumHeads,
      @Default("0.0") float scale,
      @Default("gated_delta") UpdateRule updateRule)
      implements Caching {
    @Override
    public List<Type> infer(Inference in) {
      return LinearAttentionRules.types(in, this);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return LinearAttentionRules.expand(e, this);
    }
  }
}
