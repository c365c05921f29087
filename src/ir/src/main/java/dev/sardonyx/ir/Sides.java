package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input and kernel of a convolution, and what their shapes must agree on. */
record Sides(Shape input, Shape kernel, long group) {
  /** Both shapes, of one rank; null if one of the ranks is not known. */
  static @Nullable Sides of(Inference in, long group) {
    return of(in, group, in.shape(0), in.shape(1));
  }

  /** The sides of these shapes. */
  static @Nullable Sides of(Inference in, long group, Shape x, Shape w) {
    if (group < 1) {
      throw in.fail("ATTR-004", "has %s in group".formatted(group), "the least it takes is 1");
    }
    if (!x.isRanked() || !w.isRanked()) {
      return null;
    }
    if (x.rank() < 3) {
      throw in.fail(
          "SHAPE-042",
          "needs an input of rank 3 or more, got rank " + x.rank(),
          "the axes are batch, channels, then one or more spatial ones");
    }
    if (w.rank() != x.rank()) {
      throw in.fail(
          "SHAPE-042",
          "needs a kernel of rank %s, got rank %s".formatted(x.rank(), w.rank()),
          "the kernel has two channel axes, then one for each spatial axis of the input");
    }
    return new Sides(x, w, group);
  }

  /** The number of spatial axes. */
  int rank() {
    return input.rank() - 2;
  }

  Dim x(int axis) {
    return input.dim(axis);
  }

  Dim w(int axis) {
    return kernel.dim(axis);
  }

  void checkAttributes(
      Inference in,
      List<Long> kernelShape,
      List<Long> strides,
      List<Long> dilations,
      List<Long> pads) {
    Windows.check(in, rank(), kernelShape, strides, dilations, pads);
  }

  /** Refuses an input whose channels are not those that the kernel was made for. */
  void checkChannels(Inference in, Dim needed, String help) {
    if (needed.isFixed() && x(1).isFixed() && !needed.equals(x(1))) {
      throw in.fail("SHAPE-040", "needs %s input channels, got %s".formatted(needed, x(1)), help);
    }
  }

  /** Refuses channels that cannot be dealt out evenly to the groups. */
  void checkGroups(Inference in, Dim channels, String which) {
    if (channels.isFixed() && channels.value() % group != 0) {
      throw in.fail(
          "SHAPE-041",
          "has %s %s channels for %s groups".formatted(channels, which, group),
          "each group takes the same number: make it a multiple of the groups");
    }
  }

  void checkBias(Inference in, Dim channels) {
    checkBias(in, 2, channels);
  }

  /** Refuses input {@code i}, if there is one, that is no bias for these channels. */
  void checkBias(Inference in, int i, Dim channels) {
    if (i < 0 || !in.has(i) || !in.shape(i).isRanked()) {
      return;
    }
    Shape bias = in.shape(i);
    boolean fits =
        bias.rank() == 1
            && (!bias.dim(0).isFixed() || !channels.isFixed() || bias.dim(0).equals(channels));
    if (!fits) {
      throw in.fail(
          "SHAPE-043",
          "needs a bias of the shape [%s], got %s".formatted(channels, bias),
          "the bias has one number for each output channel");
    }
  }

  /** The kernel's spatial extents; null where neither its shape nor the attribute tells them. */
  @Nullable List<Long> kernel(Inference in, List<Long> kernelShape) {
    List<Long> extents = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      Dim extent = w(i + 2);
      if (!kernelShape.isEmpty() && extent.isFixed() && !extent.is(kernelShape.get(i))) {
        throw in.fail(
            "ATTR-045",
            "has kernel_shape=%s for a kernel %s".formatted(kernelShape, kernel),
            "leave kernel_shape out: the kernel tells its own");
      }
      if (!extent.isFixed() && kernelShape.isEmpty()) {
        return null;
      }
      extents.add(extent.isFixed() ? extent.value() : kernelShape.get(i));
    }
    Windows.checkList(in, "kernel_shape", extents, 1, rank());
    return extents;
  }
}
