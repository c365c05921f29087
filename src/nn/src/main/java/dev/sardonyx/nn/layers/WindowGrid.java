package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows that slide over the height and the width of an image.
 *
 * @param size elements of a window along each axis
 * @param strides how far the next window lies
 * @param dilation how far the elements of a window lie apart
 */
record WindowGrid(List<Long> size, List<Long> strides, List<Long> dilation, Padding padding) {
  /** Padding as ONNX's operators take it: numbers, or a rule where sizes are not known. */
  record OnnxPadding(AutoPad auto, List<Long> pads) {}

  private static final OnnxPadding NONE = new OnnxPadding(AutoPad.NOTSET, List.of());
  private static final OnnxPadding AT_RUN_TIME = new OnnxPadding(AutoPad.SAME_UPPER, List.of());

  /** The padding for these images; what they are too small for is refused. */
  OnnxPadding padding(Layer layer, TensorType images, DataFormat format) {
    List<Dim> extents = format.spatial(images);
    if (padding == Padding.VALID) {
      requireRoom(layer, images, extents);
      return NONE;
    }
    List<Long> begins = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < extents.size(); i++) {
      Long total = total(i, extents.get(i));
      if (total == null) {
        requireTouching(layer, images);
        return AT_RUN_TIME;
      }
      begins.add(total / 2);
      ends.add(total - total / 2);
    }
    begins.addAll(ends);
    return new OnnxPadding(AutoPad.NOTSET, List.copyOf(begins));
  }

  /** Elements from the first to the last of one window. */
  private long reach(int i) {
    return (size.get(i) - 1) * dilation.get(i) + 1;
  }

  /** TensorFlow's rule: max((⌈extent / stride⌉ - 1) · stride + reach - extent, 0). */
  private @Nullable Long total(int i, Dim extent) {
    long stride = strides.get(i);
    if (stride == 1) {
      return reach(i) - 1;
    }
    if (!extent.isFixed()) {
      return null;
    }
    long windows = extent.ceilDiv(stride).value();
    return Math.max((windows - 1) * stride + reach(i) - extent.value(), 0);
  }

  private void requireRoom(Layer layer, TensorType images, List<Dim> extents) {
    for (int i = 0; i < extents.size(); i++) {
      Dim extent = extents.get(i);
      if (extent.isFixed() && extent.value() < reach(i)) {
        throw layer.refuse(
            "NN-016",
            "has windows of %s for %s of %s"
                .formatted(reach(i), i == 0 ? "a height" : "a width", extent),
            List.of(images),
            "use smaller windows or padding(SAME); check which axes are height and width");
      }
    }
  }

  /** ONNX Runtime's own rule cuts the image where there are gaps between windows. */
  private void requireTouching(Layer layer, TensorType images) {
    for (int i = 0; i < size.size(); i++) {
      if (reach(i) < strides.get(i)) {
        throw layer.refuse(
            "NN-022",
            "with padding same has windows of %s that are %s apart, on images of unknown size"
                .formatted(reach(i), strides.get(i)),
            List.of(images),
            "give height and width numbers in the model's input, or use padding(VALID)");
      }
    }
  }
}
