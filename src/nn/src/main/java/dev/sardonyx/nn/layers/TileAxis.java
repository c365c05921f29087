package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import java.util.stream.IntStream;

/**
 * An axis of images divided into tiles.
 *
 * @param extent of the images
 * @param count how many tiles
 * @param tile a tile's extent; all together may be longer than the images
 */
record TileAxis(long extent, long count, long tile) {
  static TileAxis of(long extent, long count) {
    return new TileAxis(extent, count, (extent + count - 1) / count);
  }

  private IntStream places() {
    return IntStream.range(0, Math.toIntExact(count * tile));
  }

  /** Which element of the image stands at each place; behind its end it is mirrored. */
  Value mirrored() {
    long period = 2 * extent;
    return Value.constant(
        Tensor.of(
            places()
                .mapToLong(i -> i % period)
                .map(i -> i < extent ? i : period - 1 - i)
                .toArray()));
  }

  /** For each place the tile whose middle lies before it, or the one after. */
  Value tiles(int after) {
    return Value.constant(
        Tensor.of(
            places()
                .mapToLong(i -> (long) Math.floor(position(i)) + after - 1)
                .map(i -> Math.max(0, Math.min(count - 1, i)))
                .toArray()));
  }

  /** How far each place lies from the one middle to the other. */
  Value shares() {
    float[] shares = new float[Math.toIntExact(count * tile)];
    places().forEach(i -> shares[i] = (float) (position(i) - Math.floor(position(i))));
    return Value.constant(Tensor.of(shares));
  }

  private double position(int i) {
    return (float) (i - tile / 2.0) / tile + 1;
  }

  static Value between(Value a, Value b, Value share) {
    return a.mul(share.neg().add(1)).add(b.mul(share));
  }
}
