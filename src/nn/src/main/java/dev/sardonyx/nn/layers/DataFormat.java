package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;

/** Where the channels of an image, a sequence or a volume lie. ONNX has them first. */
public enum DataFormat {
  /** [batch, height, width, channels]; Keras's default. */
  CHANNELS_LAST,
  /** [batch, channels, height, width]. */
  CHANNELS_FIRST;

  /** The axis of the channels in a tensor of {@code rank} axes. */
  public int channelAxis(int rank) {
    return this == CHANNELS_LAST ? rank - 1 : 1;
  }

  /** The extents of the axes that are neither batch nor channels. */
  public List<Dim> spatial(TensorType image) {
    int first = this == CHANNELS_LAST ? 1 : 2;
    return image.shape().dims().subList(first, first + image.shape().rank() - 2);
  }

  /** Channels and spatial axes in their order, between commas. */
  String describe(int spatial) {
    String axes = Options.axes(spatial, ", ");
    return this == CHANNELS_LAST ? axes + ", channels" : "channels, " + axes;
  }

  /** A tensor of this format with its channels first. */
  public Value toChannelsFirst(Value x) {
    return Axes.move(x, channelAxis(x.shape().rank()), 1);
  }

  /** A tensor that has its channels first in this format. */
  public Value ofChannelsFirst(Value y) {
    return Axes.move(y, 1, channelAxis(y.shape().rank()));
  }
}
