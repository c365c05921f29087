package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * A layer that prepares images: [batch, height, width, channels], or one image without the batch.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class ImageLayer<L extends ImageLayer<L>> extends SingleInputLayer {
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;
  private @Nullable String boundingBoxFormat;

  ImageLayer() {}

  abstract L self();

  /** Where the channels lie; last by default. */
  public L dataFormat(DataFormat format) {
    dataFormat = format;
    return self();
  }

  @Override
  public L named(String newName) {
    super.named(newName);
    return self();
  }

  final DataFormat dataFormat() {
    return dataFormat;
  }

  /** Whether anything happens to images. */
  abstract boolean acts(boolean training);

  /** What happens to images, channels first. */
  abstract Value images(Call call, Value x);

  /** Whether integers become floats where nothing else happens. */
  boolean casts() {
    return false;
  }

  /** Images as {@link #images} takes them: in the type that the layer computes in. */
  Value prepared(Value x) {
    return x.cast(computeType());
  }

  @Override
  protected final Value call(Call call, Value x) {
    boolean single = Axes.rankAtLeast(this, x.tensorType(), 3) == 3;
    if (!single) {
      Axes.rankIs(this, x.tensorType(), 4, "batch, " + dataFormat.describe(2));
    }
    if (!acts(call.training())) {
      return casts() ? x.cast(computeType()) : x;
    }
    Value batch = prepared(single ? x.unsqueeze(0) : x);
    Value y = dataFormat.ofChannelsFirst(images(call, dataFormat.toChannelsFirst(batch)));
    return single ? y.squeeze(0) : y;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    dataFormat = config.choice("data_format", dataFormat);
    if (boundingBoxFormat != null || config.has("bounding_box_format")) {
      boundingBoxFormat = config.optionalText("bounding_box_format", boundingBoxFormat);
    }
  }
}
