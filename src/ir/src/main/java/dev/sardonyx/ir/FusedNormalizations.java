package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime's normalizations along the last axis, with what goes before them. */
public sealed interface FusedNormalizations extends Contrib {
  /**
   * The layer normalization of input + skip + bias, with the mean, the inverse deviation and that
   * sum as further results.
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "input skip gamma beta? bias?",
      outputs = "output mean? inv_std_var? input_skip_bias_sum?",
      domain = Contrib.DOMAIN)
  record SkipLayerNormalization(@Default("1e-12") float epsilon)
      implements FusedNormalizations, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return skipped(in);
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value sum = sum(e, 4);
      Op normalization = new Normalization.LayerNormalization(-1, epsilon, ElementType.FLOAT32);
      List<@Nullable Value> inputs = Arrays.asList(sum, e.x(2), e.optional(3));
      int count = e.wants(1) ? 3 : 1;
      List<@Nullable Value> results =
          new ArrayList<>(Node.of(normalization, inputs, count).outputs());
      while (results.size() < 3) {
        results.add(null);
      }
      results.add(sum);
      return results;
    }
  }

  /** The like with the root of the mean square in place of mean and deviation. */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "input skip gamma bias?",
      outputs = "output mean? inv_std_var? input_skip_bias_sum?",
      domain = Contrib.DOMAIN)
  record SkipSimplifiedLayerNormalization(@Default("1e-12") float epsilon)
      implements FusedNormalizations, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return skipped(in);
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value sum = sum(e, 3);
      Value wide = sum.cast(ElementType.FLOAT32);
      Value inverse = inverseRoot(wide, epsilon, -1);
      Value y = wide.mul(inverse).cast(sum.element()).mul(e.x(2));
      return Arrays.asList(y, wide.mean(true, -1), inverse, sum);
    }
  }

  /**
   * X / √(mean of X² + ε) · scale over the axes from one on, and that inverse root; ONNX Runtime's
   * name for what the standard calls RMSNormalization.
   *
   * @param stashType the element type of the statistics
   */
  @Onnx(since = 1, from = 1, inputs = "X scale", outputs = "Y inv_std_var?")
  record SimplifiedLayerNormalization(
      @Default("-1") long axis,
      @Default("1e-05") float epsilon,
      @Default("1") ElementType stashType)
      implements FusedNormalizations, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      LinearAlgebra.stretches(in, 1, x);
      List<Type> types = new ArrayList<>();
      types.add(in.type(1).with(x));
      if (in.outputs() > 1) {
        types.add(new TensorType(stashType, x.isRanked() ? reduced(x, in) : x));
      }
      return types;
    }

    private Shape reduced(Shape x, Inference in) {
      Shape shape = x;
      for (int i = in.axis(axis, x.rank()); i < x.rank(); i++) {
        shape = shape.with(i, Dim.ONE);
      }
      return shape;
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      long[] axes = Normalization.axesFrom(axis, e.shape(0));
      if (axes == null) {
        return null;
      }
      Value wide = e.x().cast(stashType);
      Value inverse = inverseRoot(wide, epsilon, axes);
      return Arrays.asList(wide.mul(inverse).cast(e.element(1)).mul(e.x(1)), inverse);
    }
  }

  /**
   * The layer normalization of the sum of three embeddings: of words [N,S], of their positions and
   * of the segments they are in; how many words each mask has; and that sum.
   *
   * @param maskIndexType whether there is a mask; changes nothing
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs =
          "input_ids segment_ids? word_embedding position_embedding segment_embedding? gamma beta"
              + " mask? position_ids?",
      outputs = "output mask_index? embedding_sum?",
      domain = Contrib.DOMAIN)
  record EmbedLayerNormalization(
      @Default("1e-12") float epsilon, @Default("") @Nullable Long maskIndexType)
      implements FusedNormalizations, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Shape ids = Fused.ranked(in, 0, 2);
      Shape table = Fused.ranked(in, 2, 2);
      Type y = in.type(2).with(Shape.of(ids.dim(0), ids.dim(1), table.dim(1)));
      Type masked = TensorType.of(ElementType.INT32, ids.dim(0));
      return Fused.asked(in, 1, y, masked, y);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Value positions = e.has(8) ? e.x(8) : null;
      if (positions == null) {
        Value count = Extents.axis(e.x(0), 1).reshape();
        positions = Value.range(Fused.zero(), count, Fused.one());
      }
      Value sum = e.x(2).gather(e.x(0), 0).add(e.x(3).gather(positions, 0));
      if (e.has(1) && e.has(4)) {
        sum = sum.add(e.x(4).gather(e.x(1), 0));
      }
      Op normalization = new Normalization.LayerNormalization(-1, epsilon, ElementType.FLOAT32);
      Value y = Value.of(normalization, sum, e.x(5), e.x(6));
      Value mask = e.has(7) ? e.x(7).eq(1).cast(ElementType.INT32) : null;
      Value words = (mask != null ? mask : e.x(0).cast(ElementType.INT32).mul(0)).sum(false, 1);
      return Arrays.asList(y, words, sum);
    }
  }

  private static List<Type> skipped(Inference in) {
    Shape x = in.shape(0);
    LinearAlgebra.stretches(in, 1, x);
    LinearAlgebra.stretches(in, 2, x);
    TensorType statistic =
        new TensorType(ElementType.FLOAT32, x.isRanked() ? x.with(-1, Dim.ONE) : x);
    return Fused.asked(in, 1, in.type(0), statistic, statistic, in.type(0));
  }

  private static Value sum(Expansion e, int bias) {
    Value sum = e.x(0).add(e.x(1));
    return e.has(bias) ? sum.add(e.x(bias)) : sum;
  }

  private static Value inverseRoot(Value x, float epsilon, long... axes) {
    return x.square().mean(true, axes).add(epsilon).sqrt().reciprocal();
  }
}
