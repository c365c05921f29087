package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;

/** Images as they come: one or a batch, channels first or last. */
final class Images {
  private Images() {}

  /** As a batch with channels last. */
  static Value channelsLast(OpCall call, Value images) {
    Value batch = batch(call, images);
    return NnWindows.lastChannels(call) ? batch : Axes.move(batch, 1, 3);
  }

  /** As a batch with channels first. */
  static Value channelsFirst(OpCall call, Value images) {
    Value batch = batch(call, images);
    return NnWindows.lastChannels(call) ? Axes.move(batch, 3, 1) : batch;
  }

  private static Value batch(OpCall call, Value images) {
    return switch (images.shape().rank()) {
      case 3 -> images.unsqueeze(0);
      case 4 -> images;
      default ->
          throw call.refuse("takes images, got " + images.type(), "give height, width, channels");
    };
  }

  /** From a batch with channels last to the form of {@code like}. */
  static Value fromLast(OpCall call, Value y, Value like) {
    return alone(NnWindows.lastChannels(call) ? y : Axes.move(y, 3, 1), like);
  }

  /** From a batch with channels first to the form of {@code like}. */
  static Value fromFirst(OpCall call, Value y, Value like) {
    return alone(NnWindows.lastChannels(call) ? Axes.move(y, 1, 3) : y, like);
  }

  private static Value alone(Value y, Value like) {
    return like.shape().rank() == 3 ? y.squeeze(0) : y;
  }
}
