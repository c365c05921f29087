package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions over any number of spatial axes, channels before them: [N,C,H,W]. The kernel is not
 * flipped.
 */
public sealed interface Convolution extends Op {
  /**
   * y[n,m,o] = b[m] + Σ over c, k of x[n,c,o·stride + k·dilation - pad] · w[m,c,k]: X is [N,C,…], W
   * [M,C/group,…], the result [N,M,…]. Output channel m sees the input channels of its own group.
   */
  @Onnx(since = 22, from = 1, inputs = "X W B?")
  record Conv(
      @Default("NOTSET") AutoPad autoPad,
      List<Long> dilations,
      @Default("1") long group,
      List<Long> kernelShape,
      List<Long> pads,
      List<Long> strides)
      implements Convolution {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(form().shape(in, 0, 1, 2)));
    }

    private ConvForm form() {
      return new ConvForm(autoPad, dilations, group, kernelShape, pads, strides);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Windows windows = form().windows(Correlation.kernelOf(p, kernelShape));
      List<Window> padded = windows.resolve(p.x(0).shape().dims(), windows::convolving);
      if (padded == null) {
        Since since = Since.now();
        Op plain = new Conv(AutoPad.NOTSET, dilations, group, kernelShape, List.of(), strides);
        Value x = new SamePadding(windows, false).of(p.x(0));
        Value y = p.has(2) ? Value.of(plain, x, p.x(1), p.x(2)) : Value.of(plain, x, p.x(1));
        return p.through(List.of(y), since);
      }
      Correlation c = Correlation.of(p, group, padded);
      Value dx = c.spread(p.dy(), p.x(1), p.x(0)).reshapeLike(p.x(0));
      Value dw = ConvWeightGradient.of(c, p.x(0), p.dy(), p.x(1));
      return p.has(2) ? Arrays.asList(dx, dw, biasGradient(p.dy())) : Arrays.asList(dx, dw);
    }
  }

  /**
   * The transpose of {@link Conv} as a linear map: x[n,c,i] · w[c,m,k] is added to y[n,m,i·stride +
   * k·dilation - pad]. X is [N,C,…], W [C,M/group,…], the result [N,M,…].
   *
   * @param outputPadding elements added to the result's end, which strides leave open
   * @param outputShape the result's spatial extents, from which the padding follows; or empty
   */
  @Onnx(since = 22, from = 1, inputs = "X W B?")
  record ConvTranspose(
      @Default("NOTSET") AutoPad autoPad,
      List<Long> dilations,
      @Default("1") long group,
      List<Long> kernelShape,
      List<Long> outputPadding,
      List<Long> outputShape,
      List<Long> pads,
      List<Long> strides)
      implements Convolution {
    @Override
    public List<Type> infer(Inference in) {
      Windows.checkOnePadding(in, autoPad, pads);
      Sides sides = Sides.of(in, group);
      if (sides == null) {
        return List.of(in.type(0).with(Shape.UNRANKED));
      }
      sides.checkAttributes(in, kernelShape, strides, dilations, pads);
      sides.checkChannels(in, sides.w(0), "the kernel's first axis counts input channels");
      sides.checkGroups(in, sides.w(0), "input");
      Dim channels = sides.w(1).times(group);
      sides.checkBias(in, channels);
      List<Long> kernel = sides.kernel(in, kernelShape);
      List<Dim> dims = new ArrayList<>(List.of(sides.x(0), channels));
      TransposedWindows windows = kernel == null ? null : windows(kernel);
      if (windows != null) {
        windows.check(in);
      }
      for (int i = 0; i < sides.rank(); i++) {
        dims.add(windows == null ? Dim.UNKNOWN : windows.result(in, i, sides.x(i + 2)));
      }
      return List.of(in.type(0).with(Shape.of(dims)));
    }

    private TransposedWindows windows(List<Long> kernel) {
      Windows windows = Windows.of(autoPad, kernel, strides, dilations, pads);
      return new TransposedWindows(windows, outputPadding, outputShape);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      TransposedWindows windows = windows(Correlation.kernelOf(p, kernelShape));
      Correlation c =
          Correlation.of(
              p, group, windows.windows().resolve(p.x(0).shape().dims(), windows::window));
      Value dx = Correlation.crop(c.gather(p.dy(), p.x(1)), p.x(0)).reshapeLike(p.x(0));
      Value dw = ConvWeightGradient.of(c, p.dy(), p.x(0), p.x(1));
      return p.has(2) ? Arrays.asList(dx, dw, biasGradient(p.dy())) : Arrays.asList(dx, dw);
    }
  }

  /**
   * A {@link Conv} whose kernel's elements are moved, for every element of the result, by the
   * offset [N,g·K·r,…]: for each of g groups of channels and each of the kernel's K elements by r
   * numbers, along each spatial axis, in pixels. What lies between pixels is linear in its
   * neighbours (arXiv:1703.06211); the mask [N,g·K,…] weighs what is met (arXiv:1811.11168).
   *
   * @param offsetGroup g
   */
  @Onnx(since = 22, from = 19, inputs = "X W offset B? mask?")
  record DeformConv(
      List<Long> dilations,
      @Default("1") long group,
      List<Long> kernelShape,
      @Default("1") long offsetGroup,
      List<Long> pads,
      List<Long> strides)
      implements Convolution, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(DeformConvRules.shape(in, this)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return DeformConvRules.expand(e, this);
    }
  }

  /** dy summed over all axes but the channels'. */
  private static Value biasGradient(Value dy) {
    long[] axes =
        IntStream.range(0, dy.shape().rank()).filter(i -> i != 1).asLongStream().toArray();
    return dy.sum(false, axes);
  }
}
