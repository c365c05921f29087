package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** The attributes of a convolution, whatever it is made of, and the shape that they give it. */
record ConvForm(
    AutoPad autoPad,
    List<Long> dilations,
    long group,
    List<Long> kernelShape,
    List<Long> pads,
    List<Long> strides) {
  /** The same convolution of real numbers. */
  Convolution.Conv conv() {
    return new Convolution.Conv(autoPad, dilations, group, kernelShape, pads, strides);
  }

  /** The result's shape for inputs x, w and perhaps b at these places. */
  Shape shape(Inference in, int x, int w, int b) {
    Windows.checkOnePadding(in, autoPad, pads);
    Sides sides = Sides.of(in, group, in.shape(x), in.shape(w));
    if (sides == null) {
      return Shape.UNRANKED;
    }
    sides.checkAttributes(in, kernelShape, strides, dilations, pads);
    sides.checkChannels(
        in,
        sides.w(1).times(group),
        "the kernel's second axis counts input channels divided by groups");
    sides.checkGroups(in, sides.w(0), "output");
    sides.checkBias(in, b, sides.w(0));
    List<Long> kernel = sides.kernel(in, kernelShape);
    List<Dim> dims = new ArrayList<>(List.of(sides.x(0), sides.w(0)));
    for (int i = 0; i < sides.rank(); i++) {
      dims.add(kernel == null ? Dim.UNKNOWN : windows(kernel).convolved(in, i, sides.x(i + 2)));
    }
    return Shape.of(dims);
  }

  Windows windows(List<Long> kernel) {
    return Windows.of(autoPad, kernel, strides, dilations, pads);
  }
}
