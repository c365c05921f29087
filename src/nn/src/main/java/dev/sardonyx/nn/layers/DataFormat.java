package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;

/** Where the channels of an image lie. ONNX has them first. */
public enum DataFormat {
  /** [batch, height, width, channels]; Keras's default. */
  CHANNELS_LAST,
  /** [batch, channels, height, width]. */
  CHANNELS_FIRST;

  /** The axis of the channels in a tensor of {@code rank} axes. */
  int channelAxis(int rank) {
    return this == CHANNELS_LAST ? rank - 1 : 1;
  }

  /** The extents of an image's height and width. */
  List<Dim> spatial(TensorType image) {
    int first = this == CHANNELS_LAST ? 1 : 2;
    return image.shape().dims().subList(first, first + 2);
  }

  /** A tensor of this format with its channels first. */
  Value toChannelsFirst(Value x) {
    return Axes.move(x, channelAxis(x.shape().rank()), 1);
  }

  /** A tensor that has its channels first in this format. */
  Value ofChannelsFirst(Value y) {
    return Axes.move(y, 1, channelAxis(y.shape().rank()));
  }
}
