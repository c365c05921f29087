package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Operators that bring a tensor to a common scale along some of its axes. */
public sealed interface Normalization extends Op
    permits Normalization.Softmax,
        Normalization.LogSoftmax,
        Normalization.BatchNormalization,
        Normalization.LayerNormalization,
        AxisNormalization,
        ChannelNormalization {
  /** yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ) along one axis. */
  @Onnx(since = 13, inputs = "input", outputs = "output")
  record Softmax(@Default("-1") long axis) implements Normalization, Formula {
    @Override
    public Value formula(Expansion e) {
      Value powers = e.x().sub(e.x().max(true, axis)).exp();
      return powers.div(powers.sum(true, axis));
    }

    @Override
    public List<Type> infer(Inference in) {
      return alongAxis(in, axis);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value inner = p.dy().mul(p.y()).sum(true, axis);
      return p.toFirst(p.y().mul(p.dy().sub(inner)));
    }
  }

  /** yᵢ = xᵢ - ln Σⱼ exp(xⱼ) along one axis. */
  @Onnx(since = 13, inputs = "input", outputs = "output")
  record LogSoftmax(@Default("-1") long axis) implements Normalization, Formula {
    @Override
    public Value formula(Expansion e) {
      Value shifted = e.x().sub(e.x().max(true, axis));
      return shifted.sub(shifted.exp().sum(true, axis).log());
    }

    @Override
    public List<Type> infer(Inference in) {
      return alongAxis(in, axis);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value total = p.dy().sum(true, axis);
      return p.toFirst(p.dy().sub(p.y().exp().mul(total)));
    }
  }

  /**
   * y = (x - mean) / √(var + ε) · scale + B for each channel, the second axis. Ioffe and Szegedy
   * 2015.
   *
   * <p>In training mode mean and variance are the batch's own (the population's variance), and the
   * further results are {@code momentum·input + (1 - momentum)·batch} of either.
   */
  @Onnx(
      since = 15,
      from = 14,
      inputs = "X scale B input_mean input_var",
      outputs = "Y running_mean? running_var?")
  record BatchNormalization(
      @Default("1e-05") float epsilon,
      @Default("0.9") float momentum,
      @Default("0") boolean trainingMode)
      implements Normalization, Expandable {
    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return BatchStatistics.expand(e, this);
    }

    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      Dim channels = !x.isRanked() ? Dim.UNKNOWN : x.rank() < 2 ? Dim.ONE : x.dim(1);
      for (int i = 1; i < 5; i++) {
        channels = perChannel(in, i, channels);
      }
      if (!trainingMode) {
        return List.of(in.type(0));
      }
      TensorType running = in.type(3).with(Shape.of(channels));
      int results = in.outputs() == Inference.ANY_NUMBER ? 3 : in.outputs();
      return List.<Type>of(in.type(0), running, running).subList(0, Math.min(3, results));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      p.needsRank(0);
      BatchNormGradient gradient = new BatchNormGradient(this, p);
      return trainingMode ? gradient.training() : gradient.inference();
    }
  }

  /**
   * y = (x - mean) / √(var + ε) · scale + B, with mean and variance over all axes from {@code axis}
   * on. Ba, Kiros and Hinton 2016.
   *
   * <p>The further results, if asked for, are the mean and 1/√(var + ε), with those axes as 1.
   *
   * @param stashType the element type of the statistics and of the arithmetic with them
   */
  @Onnx(since = 17, from = 17, inputs = "X Scale B?", outputs = "Y Mean? InvStdDev?")
  record LayerNormalization(
      @Default("-1") long axis,
      @Default("1e-05") float epsilon,
      @Default("1") ElementType stashType)
      implements Normalization, Broadcasts, Expandable {
    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      long[] axes = Normalization.axesFrom(axis, e.shape(0));
      if (axes == null) {
        return null;
      }
      Value x = e.x().cast(stashType);
      Value mean = x.mean(true, axes);
      Value centred = x.sub(mean);
      Value inverse = centred.square().mean(true, axes).add(epsilon).sqrt().reciprocal();
      Value y = centred.mul(inverse).cast(e.element(0)).mul(e.x(1));
      Value biased = e.has(2) ? y.add(e.x(2)) : y;
      return List.of(biased, mean, inverse).subList(0, e.outputs());
    }

    @Override
    public List<Type> infer(Inference in) {
      in.sameElements(0);
      requireFloat(in, stashType);
      Shape x = in.shape(0);
      for (int i = 1; i < in.size(); i++) {
        if (in.has(i)) {
          LinearAlgebra.stretches(in, i, x);
        }
      }
      TensorType statistics = new TensorType(stashType, statistics(in, x));
      int results = in.outputs() == Inference.ANY_NUMBER ? 1 : in.outputs();
      return List.<Type>of(in.type(0), statistics, statistics).subList(0, Math.min(3, results));
    }

    private Shape statistics(Inference in, Shape x) {
      if (!x.isRanked()) {
        return x;
      }
      int first = in.axis(axis, x.rank());
      List<Dim> dims = new ArrayList<>(x.dims());
      Collections.fill(dims.subList(first, dims.size()), Dim.ONE);
      return Shape.of(dims);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      p.needsRank(0);
      return new LayerNormGradient(this, p).toInputs();
    }
  }

  /** The axes from {@code axis} on, counted from the end; null if their number is not known. */
  static long @Nullable [] axesFrom(long axis, Shape shape) {
    if (axis >= 0 && !shape.isRanked()) {
      return null;
    }
    return LongStream.range(axis < 0 ? axis : axis - shape.rank(), 0).toArray();
  }

  /** Refuses a type that statistics cannot be computed in. */
  static void requireFloat(Inference in, ElementType stashType) {
    if (!stashType.isFloat()) {
      throw in.fail(
          "ATTR-004", "has stash_type=" + stashType, "statistics are kept in a float type");
    }
  }

  /** The input's own type, if it has this axis. */
  static List<Type> alongAxis(Inference in, long axis) {
    if (in.shape(0).isRanked()) {
      in.axis(axis, in.shape(0).rank());
    }
    return List.of(in.type(0));
  }

  /**
   * Refuses input {@code i} unless it has one number for each channel.
   *
   * @return the number of channels, if either tells it
   */
  static Dim perChannel(Inference in, int i, Dim channels) {
    Shape shape = in.shape(i);
    if (!shape.isRanked()) {
      return channels;
    }
    boolean fits =
        shape.rank() == 1
            && (!shape.dim(0).isFixed() || !channels.isFixed() || shape.dim(0).equals(channels));
    if (!fits) {
      throw in.fail(
          "SHAPE-049",
          "needs %s of the shape [%s], got %s".formatted(in.schema().inputName(i), channels, shape),
          "there is one number for each channel, and channels are the input's second axis");
    }
    return channels.isFixed() ? channels : shape.dim(0);
  }

  /** The methods of a {@link Value} that normalize it. */
  sealed interface Methods permits Value {
    Value self();

    default Value softmax(long axis) {
      return Value.of(new Softmax(axis), self());
    }

    default Value logSoftmax(long axis) {
      return Value.of(new LogSoftmax(axis), self());
    }
  }
}
