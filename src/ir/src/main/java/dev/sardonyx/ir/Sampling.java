package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random choices whose probabilities, or whose values, are inputs. */
public sealed interface Sampling extends Random {
  /**
   * In training each element is dropped, made 0, with probability {@code ratio}, 0.5 without that
   * input, and what is left is multiplied by 1 / (1 - ratio); else the input itself. The second
   * result says what was left. Srivastava et al. 2014.
   *
   * @param seed of the random numbers; null for new ones at every run
   */
  @Onnx(since = 22, from = 12, inputs = "data ratio? training_mode?", outputs = "output mask?")
  record Dropout(@Nullable Long seed) implements Sampling, Expandable {
    /** Both results in any case, because the gradient needs to know what was left. */
    @Override
    public List<Type> infer(Inference in) {
      for (int i = 1; i < in.size(); i++) {
        if (in.has(i)) {
          Vectors.requireSingle(in, i);
        }
      }
      return List.of(in.type(0), in.type(0).with(ElementType.BOOL));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value scale = scale(p.dy(), p.has(1) ? p.x(1) : null, p.has(2) ? p.x(2) : null);
      return p.toFirst(scale == null ? p.dy() : p.y(1).where(p.dy().mul(scale), p.dy().scalar(0)));
    }

    @Override
    public List<Value> expand(Expansion e) {
      Value scale = scale(e.x(), e.optional(1), e.optional(2));
      Value all = Value.constant(Tensor.full(ElementType.BOOL, 1));
      if (scale == null) {
        return List.of(e.x(), all.expandLike(e.x()));
      }
      Float start = seed == null ? null : (float) seed;
      Random draws = new RandomUniformLike(ElementType.FLOAT32, 1, 0, start);
      Value ratio = e.has(1) ? e.x(1).cast(ElementType.FLOAT32) : null;
      Value draw = Value.of(draws, e.x());
      Value kept = ratio == null ? draw.ge(0.5) : draw.ge(ratio);
      Value mask = isTraining(e.x(2)) ? kept : kept.or(e.x(2).not());
      return List.of(mask.where(e.x().mul(scale), e.x().scalar(0)), mask);
    }

    /** What the elements left are multiplied by; null where it is known that none is dropped. */
    private static @Nullable Value scale(
        Value like, @Nullable Value ratio, @Nullable Value training) {
      boolean never = training == null || training.constant() != null && !isTraining(training);
      if (never) {
        return null;
      }
      Value kept = ratio == null ? like.scalar(0.5) : ratio.cast(like.element()).neg().add(1);
      Value scale = kept.reciprocal();
      return isTraining(training) ? scale : training.where(scale, like.scalar(1));
    }

    private static boolean isTraining(Value training) {
      Tensor constant = training.constant();
      return constant != null && constant.getLong(0) != 0;
    }
  }

  /**
   * 1 with the probability that the input says, else 0; in the input's element type unless told
   * another.
   */
  @Onnx(since = 22, from = 15, inputs = "input", outputs = "output")
  @NotDifferentiable("the result is 0 or 1")
  record Bernoulli(@Default("") @Nullable ElementType dtype, @Nullable Float seed)
      implements Sampling, Formula {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(dtype == null ? in.element(0) : dtype));
    }

    @Override
    public Value formula(Expansion e) {
      ElementType wide =
          e.element(0) == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
      Value draw = Value.of(new RandomUniformLike(wide, 1, 0, seed), e.x());
      return draw.lt(e.x().cast(wide)).cast(dtype == null ? e.element(0) : dtype);
    }
  }

  /**
   * For each row of a matrix {@code sampleSize} of its column numbers, drawn with replacement; the
   * elements are the logarithms of what the probabilities are proportional to.
   */
  @Onnx(since = 22, from = 7, inputs = "input", outputs = "output")
  @NotDifferentiable("the result is indices")
  record Multinomial(
      @Default("6") ElementType dtype, @Default("1") long sampleSize, @Nullable Float seed)
      implements Sampling, Formula {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (x.isRanked() && x.rank() != 2) {
        throw in.fail(
            "SHAPE-054",
            "takes a matrix, got rank %s".formatted(x.rank()),
            "give the shape [batch,classes]");
      }
      if (dtype != ElementType.INT32 && dtype != ElementType.INT64) {
        throw in.fail("ATTR-004", "has dtype=" + dtype, "indices are int32 or int64");
      }
      if (sampleSize < 1) {
        throw in.fail("ATTR-004", "has sample_size=" + sampleSize, "draw at least one sample");
      }
      Dim batch = x.isRanked() ? x.dim(0) : Dim.UNKNOWN;
      return List.of(new TensorType(dtype, Shape.of(batch, Dim.of(sampleSize))));
    }

    /** The greatest of the elements after adding to each a draw of Gumbel's distribution. */
    @Override
    public Value formula(Expansion e) {
      Value rows = e.x().cast(ElementType.FLOAT32).unsqueeze(1).expand(1, sampleSize, 1);
      // Not from 0, which has no logarithm.
      Random uniform = new RandomUniformLike(ElementType.FLOAT32, 1, Float.MIN_NORMAL, seed);
      Value gumbel = Value.of(uniform, rows).log().neg().log().neg();
      return rows.add(gumbel).argMax(2, false).cast(dtype);
    }
  }
}
