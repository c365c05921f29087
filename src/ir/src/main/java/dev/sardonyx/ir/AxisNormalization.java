package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Normalizations along axes, without regard to what the axes mean. */
public sealed interface AxisNormalization extends Normalization {
  /**
   * y = x / √(mean of x² + ε) · scale, with the mean over all axes from {@code axis} on. Zhang and
   * Sennrich 2019.
   *
   * @param stashType the element type in which is normalized, before the scale
   */
  @Onnx(since = 23, from = 23, inputs = "X scale")
  record RMSNormalization(
      @Default("-1") long axis,
      @Default("1e-05") float epsilon,
      @Default("1") ElementType stashType)
      implements AxisNormalization, Formula {
    @Override
    public List<Type> infer(Inference in) {
      Normalization.requireFloat(in, stashType);
      if (in.shape(0).isRanked()) {
        in.axis(axis, in.shape(0).rank());
      }
      LinearAlgebra.stretches(in, 1, in.shape(0));
      return List.of(in.type(1).with(in.shape(0)));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      long[] axes = Normalization.axesFrom(axis, e.shape(0));
      if (axes == null) {
        return null;
      }
      Value x = e.x().cast(stashType);
      Value normal = x.div(x.square().mean(true, axes).add(epsilon).sqrt());
      return normal.cast(e.element(1)).mul(e.x(1));
    }
  }

  /** y = (x - mean) / (√var + 10⁻⁹), with mean and variance over these axes. */
  @Onnx(since = 13, from = 9)
  record MeanVarianceNormalization(@Default("0,2,3") List<Long> axes)
      implements AxisNormalization, Formula {
    public MeanVarianceNormalization {
      axes = List.copyOf(axes);
    }

    @Override
    public List<Type> infer(Inference in) {
      if (in.shape(0).isRanked()) {
        List<Dim> listed = axes.stream().map(Dim::of).toList();
        Vectors.axes(in, listed, in.shape(0).rank());
      }
      return List.of(in.type(0));
    }

    @Override
    public Value formula(Expansion e) {
      long[] over = axes.stream().mapToLong(Long::longValue).toArray();
      Value centred = e.x().sub(e.x().mean(true, over));
      return centred.div(centred.square().mean(true, over).sqrt().add(1e-9));
    }
  }

  /**
   * y = x / ‖x‖ along one axis; 0 where all are 0, where the gradient is that of x / 1.
   *
   * @param p 1 for the sum of absolute values, 2 for the Euclidean norm
   */
  @Onnx(since = 22, from = 1, inputs = "input", outputs = "output")
  record LpNormalization(@Default("-1") long axis, @Default("2") long p)
      implements AxisNormalization, Formula {
    @Override
    public List<Type> infer(Inference in) {
      if (p != 1 && p != 2) {
        throw in.fail("ATTR-004", "has p=" + p, "there are the norms 1 and 2");
      }
      return Normalization.alongAxis(in, axis);
    }

    @Override
    public Value formula(Expansion e) {
      Reducing norm = p == 1 ? new Norm.ReduceL1(true, false) : new Norm.ReduceL2(true, false);
      Value size = Value.of(norm, e.x(), Value.longs(axis));
      return e.x().div(size.eq(0).where(size.scalar(1), size));
    }
  }

  /** 1 at the first greatest element along one axis, 0 elsewhere. */
  @Onnx(since = 13, inputs = "input", outputs = "output")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record Hardmax(@Default("-1") long axis) implements AxisNormalization, Formula {
    @Override
    public List<Type> infer(Inference in) {
      return Normalization.alongAxis(in, axis);
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      if (axis >= 0 && !e.shape(0).isRanked()) {
        return null;
      }
      long at = axis < 0 ? axis : axis - e.shape(0).rank();
      Value extent = Value.of(new Sizing.Shape(at, at == -1 ? null : at + 1), e.x()).squeeze(0);
      Value zero = extent.scalar(0);
      // A column for each axis behind, so that it stretches along the one meant.
      Value positions = Value.range(zero, extent, extent.scalar(1));
      long[] behind = LongStream.range(1, -at).toArray();
      Value column = behind.length == 0 ? positions : positions.unsqueeze(behind);
      return e.x().argMax(at, true).eq(column).cast(e.element(0));
    }
  }
}
