package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators that turn numbers into small ones and back: x ≈ (q - zero point) · scale.
 *
 * <p>The scale, and the zero point of the same shape, is one number for the whole tensor; or a
 * vector with one for each index of {@code axis}; or a tensor with one for each block of {@code
 * blockSize} elements along {@code axis}.
 */
public sealed interface Quantizing extends Quantization {
  /**
   * q = saturate(round(x / scale) + zero point), halves rounded to even.
   *
   * <p>What is quantized and dequantized at once may be differentiated as if it had not been
   * rounded: see {@link StraightThrough}.
   *
   * @param axis what a scale that is a vector, or of blocks, goes along
   * @param saturate whether what float8 cannot hold becomes its greatest number, not infinity
   * @param blockSize elements that have a scale in common; 0 without blocks
   * @param outputDtype the result's element type; without it that of the zero point, or uint8
   * @param precision the element type of the division; without it that of the scale
   */
  @Onnx(since = 28, from = 10, inputs = "x y_scale y_zero_point?", outputs = "y")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QuantizeLinear(
      @Default("0") @Nullable ElementType precision,
      @Default("0") @Nullable ElementType outputDtype,
      @Default("0") long blockSize,
      @Default("1") boolean saturate,
      @Default("1") long axis)
      implements Quantizing, Expandable {
    /** One scale for the tensor, or one for each index of the second axis; saturating. */
    public QuantizeLinear() {
      this(null, null, 0, true, 1);
    }

    @Override
    public List<Type> infer(Inference in) {
      ElementType given = in.has(2) ? in.element(2) : null;
      if (given != null && outputDtype != null && given != outputDtype) {
        throw in.fail(
            "TYPE-020",
            "has output_dtype=%s and a zero point of %s".formatted(outputDtype, given),
            "leave output_dtype out: the zero point says what the result holds");
      }
      ElementType q = given != null ? given : outputDtype != null ? outputDtype : ElementType.UINT8;
      new Granularity(axis, blockSize).check(in);
      return List.of(new TensorType(q, in.shape(0)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      ElementType to = e.node().types().get(0) instanceof TensorType t ? t.element() : null;
      Granularity granularity = new Granularity(axis, blockSize);
      Value scale = granularity.stretch(e.x(1), e.x());
      if (to == null || scale == null || !saturate && to.isSmallFloat()) {
        return null;
      }
      ElementType own = scale.element().isFloat() ? scale.element() : ElementType.FLOAT32;
      ElementType in = precision != null ? precision : own;
      Value quotient = e.x().cast(in).div(scale.cast(in)).cast(ElementType.FLOAT32);
      Value zero = e.has(2) ? granularity.stretch(e.x(2).cast(quotient.element()), e.x()) : null;
      Value q = to.isInteger() ? quotient.round() : quotient;
      q = zero == null ? q : q.add(zero);
      q = to.isInteger() ? q.clip(least(to), greatest(to)) : q;
      return List.of(q.cast(to));
    }

    /** The least number of a type of integers. */
    static double least(ElementType type) {
      return type.isUnsigned() ? 0 : -Math.pow(2, type.bits() - 1);
    }

    /** The greatest. */
    static double greatest(ElementType type) {
      return Math.pow(2, type.isUnsigned() ? type.bits() : type.bits() - 1) - 1;
    }
  }

  /**
   * x = (q - zero point) · scale.
   *
   * @param axis what a scale that is a vector, or of blocks, goes along
   * @param blockSize elements that have a scale in common; 0 without blocks
   * @param outputDtype the result's element type; without it that of the scale
   */
  @Onnx(since = 28, from = 10, inputs = "x x_scale x_zero_point?", outputs = "y")
  record DequantizeLinear(
      @Default("0") @Nullable ElementType outputDtype,
      @Default("0") long blockSize,
      @Default("1") long axis)
      implements Quantizing, Expandable {
    /** One scale for the tensor, or one for each index of the second axis. */
    public DequantizeLinear() {
      this(null, 0, 1);
    }

    @Override
    public List<Type> infer(Inference in) {
      new Granularity(axis, blockSize).check(in);
      ElementType element = outputDtype != null ? outputDtype : in.element(1);
      return List.of(new TensorType(element, in.shape(0)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Granularity granularity = new Granularity(axis, blockSize);
      // In 16 bits the difference would be rounded.
      ElementType wide =
          e.element(1) == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
      Value scale = granularity.stretch(e.x(1).cast(wide), e.x());
      if (scale == null) {
        return null;
      }
      Value x = e.x().cast(wide);
      Value zero = e.has(2) ? granularity.stretch(e.x(2).cast(wide), e.x()) : null;
      Value y = (zero == null ? x : x.sub(zero)).mul(scale);
      return List.of(y.cast(outputDtype != null ? outputDtype : e.element(1)));
    }
  }

  /**
   * x quantized to uint8 by the scale and the zero point that its own range, 0 included, needs:
   * scale = (max - min) / 255, zero point = round(-min / scale).
   */
  @Onnx(since = 11, from = 11, inputs = "x", outputs = "y y_scale y_zero_point")
  record DynamicQuantizeLinear() implements Quantizing, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(
          in.type(0).with(ElementType.UINT8),
          in.type(0).with(Shape.SCALAR),
          TensorType.scalar(ElementType.UINT8));
    }

    @Override
    public List<@Nullable Value> expand(Expansion e) {
      Value least = Value.of(new Aggregation.ReduceMin(false, false), e.x()).min(0);
      Value greatest = Value.of(new Aggregation.ReduceMax(false, false), e.x()).max(0);
      Value scale = greatest.sub(least).div(255);
      Value zero = least.div(scale).neg().clip(0, 255).round().cast(ElementType.UINT8);
      Value q = Value.of(new QuantizeLinear(), e.x(), scale, zero);
      return Arrays.asList(q, scale, zero);
    }
  }
}
