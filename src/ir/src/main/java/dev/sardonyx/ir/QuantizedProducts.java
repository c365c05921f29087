package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrix products and convolutions of quantized tensors. */
public sealed interface QuantizedProducts extends Quantization {
  /**
   * The products of integers, less their zero points, as int32. A's zero point is one or a row's.
   */
  @Onnx(since = 10, from = 10, inputs = "A B a_zero_point? b_zero_point?")
  @NotDifferentiable("the inputs are integers")
  record MatMulInteger() implements QuantizedProducts, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Shape product = LinearAlgebra.product(in, in.shape(0), in.shape(1));
      IntegerProduct.checkScale(in, 2, in.shape(0), true);
      IntegerProduct.checkScale(in, 3, in.shape(1), false);
      return List.of(new TensorType(ElementType.INT32, product));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Value a = IntegerProduct.shifted(e.x(0), e.optional(2), true);
      Value b = IntegerProduct.shifted(e.x(1), e.optional(3), false);
      return a == null || b == null ? null : List.of(a.matMul(b));
    }
  }

  /**
   * The quantized product of two quantized tensors; a's scale is one or a row's, b's a column's.
   */
  @Onnx(
      since = 21,
      from = 10,
      inputs = "a a_scale a_zero_point b b_scale b_zero_point y_scale y_zero_point",
      outputs = "y")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearMatMul() implements QuantizedProducts, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      Shape product = LinearAlgebra.product(in, in.shape(0), in.shape(3));
      for (int i = 1; i <= 2; i++) {
        IntegerProduct.checkScale(in, i, in.shape(0), true);
        IntegerProduct.checkScale(in, i + 3, in.shape(3), false);
      }
      return List.of(new TensorType(in.element(7), product));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Value a = IntegerProduct.shifted(e.x(0), e.x(2), true);
      Value b = IntegerProduct.shifted(e.x(3), e.x(5), false);
      Value left = IntegerProduct.along(e.x(1), e.x(0), true);
      Value right = IntegerProduct.along(e.x(4), e.x(3), false);
      if (a == null || b == null || left == null || right == null) {
        return null;
      }
      ElementType wide = ElementType.FLOAT32;
      Value scale = left.cast(wide).mul(right.cast(wide));
      Value y = a.matMul(b).cast(wide).mul(scale);
      return List.of(Value.of(new Quantizing.QuantizeLinear(), y, e.x(6).cast(wide), e.x(7)));
    }
  }

  /** A convolution of integers, less their zero points, as int32; padding is zeros. */
  @Onnx(since = 10, from = 10, inputs = "x w x_zero_point? w_zero_point?", outputs = "y")
  @NotDifferentiable("the inputs are integers")
  record ConvInteger(
      @Default("NOTSET") AutoPad autoPad,
      List<Long> dilations,
      @Default("1") long group,
      List<Long> kernelShape,
      List<Long> pads,
      List<Long> strides)
      implements QuantizedProducts, Expandable {
    private ConvForm form() {
      return new ConvForm(autoPad, dilations, group, kernelShape, pads, strides);
    }

    @Override
    public List<Type> infer(Inference in) {
      IntegerProduct.checkOne(in, 2);
      IntegerProduct.checkChannels(in, 3, in.shape(1));
      return List.of(new TensorType(ElementType.INT32, form().shape(in, 0, 1, -1)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Value x = IntegerProduct.centered(e.x(0), e.optional(2));
      Value w = IntegerProduct.centered(e.x(1), e.optional(3));
      if (x == null || w == null) {
        return null;
      }
      Value y = IntegerProduct.convolve(form().conv(), x, w);
      return y == null ? null : List.of(y);
    }
  }

  /**
   * The quantized convolution of quantized tensors. The kernel's scale is one number or one for
   * each output channel; the bias counts in units of x_scale · w_scale.
   */
  @Onnx(
      since = 10,
      from = 10,
      inputs = "x x_scale x_zero_point w w_scale w_zero_point y_scale y_zero_point B?",
      outputs = "y")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearConv(
      @Default("NOTSET") AutoPad autoPad,
      List<Long> dilations,
      @Default("1") long group,
      List<Long> kernelShape,
      List<Long> pads,
      List<Long> strides)
      implements QuantizedProducts, Expandable {
    private ConvForm form() {
      return new ConvForm(autoPad, dilations, group, kernelShape, pads, strides);
    }

    @Override
    public List<Type> infer(Inference in) {
      for (int one : new int[] {1, 2, 6, 7}) {
        IntegerProduct.checkOne(in, one);
      }
      IntegerProduct.checkChannels(in, 4, in.shape(3));
      IntegerProduct.checkChannels(in, 5, in.shape(3));
      return List.of(new TensorType(in.element(7), form().shape(in, 0, 3, 8)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      Value x = IntegerProduct.centered(e.x(0), e.x(2));
      Value w = IntegerProduct.centered(e.x(3), e.x(5));
      Value y = x == null || w == null ? null : IntegerProduct.convolve(form().conv(), x, w);
      // In the result channels are the second axis.
      int rank = e.shape(3).isRanked() ? e.shape(3).rank() - 1 : -1;
      Value scale = IntegerProduct.perChannel(e.x(4), rank);
      if (y == null || scale == null) {
        return null;
      }
      if (e.has(8)) {
        y = y.add(IntegerProduct.channels(e.x(8), rank));
      }
      y = y.cast(ElementType.FLOAT32).mul(scale.mul(e.x(1).reshape()));
      Op quantize = new Quantizing.QuantizeLinear();
      return List.of(Value.of(quantize, y, e.x(6).reshape(), e.x(7).reshape()));
    }
  }
}
