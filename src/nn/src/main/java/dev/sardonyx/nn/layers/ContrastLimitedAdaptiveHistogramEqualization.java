package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/**
 * The values of each channel are spread evenly over their range in every tile of an image, and
 * between the tiles' middles by their distance. Pizer et al. 1987.
 */
public final class ContrastLimitedAdaptiveHistogramEqualization
    extends ImageLayer<ContrastLimitedAdaptiveHistogramEqualization> {
  private static final long VALUES = 256;

  private List<Double> valueRange = List.of(0.0, 255.0);
  private double clipLimit = 4;
  private List<Long> tileGridSize = List.of(8L, 8L);

  ContrastLimitedAdaptiveHistogramEqualization() {}

  /** Keras's defaults: 8 by 8 tiles. */
  public static ContrastLimitedAdaptiveHistogramEqualization
      contrastLimitedAdaptiveHistogramEqualization() {
    return new ContrastLimitedAdaptiveHistogramEqualization();
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public ContrastLimitedAdaptiveHistogramEqualization valueRange(double lowest, double highest) {
    valueRange = List.of(lowest, highest);
    return this;
  }

  /** How many times the mean a value may count, 0 for no limit; 4 by default. */
  public ContrastLimitedAdaptiveHistogramEqualization clipLimit(double limit) {
    clipLimit = limit;
    return this;
  }

  /** How many rows and columns of tiles; 8 by 8 by default. */
  public ContrastLimitedAdaptiveHistogramEqualization tileGridSize(long rows, long columns) {
    tileGridSize = checked(List.of(rows, columns));
    return this;
  }

  private List<Long> checked(List<Long> sizes) {
    if (sizes.size() != 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw Allowed.refusal(
          this, "tile_grid_size", "two numbers of at least 1", sizes, "give rows and columns");
    }
    return sizes;
  }

  @Override
  ContrastLimitedAdaptiveHistogramEqualization self() {
    return this;
  }

  @Override
  boolean acts(boolean training) {
    return true;
  }

  @Override
  Value prepared(Value x) {
    return x;
  }

  @Override
  Value images(Call call, Value given) {
    double low = valueRange.get(0);
    double width = valueRange.get(1) - low;
    Value x = given.cast(ElementType.FLOAT32).sub(low).mul(255 / width);
    TileAxis rows = tiles(x, 2, tileGridSize.get(0));
    TileAxis columns = tiles(x, 3, tileGridSize.get(1));
    Value padded = x.gather(rows.mirrored(), 2).gather(columns.mirrored(), 3);
    Value places = padded.clip(0, 255).cast(ElementType.INT64);
    Value tables = tables(places, rows, columns);
    Value equal = interpolated(tables, places, rows, columns);
    Value whole = equal.slice(2, 0, rows.extent()).slice(3, 0, columns.extent());
    return whole.mul(width / 255).add(low).cast(given.element());
  }

  private TileAxis tiles(Value x, int axis, long count) {
    return TileAxis.of(Axes.extent(this, x.tensorType(), axis), count);
  }

  /** What each value becomes in each tile: [batch, channels, rows, columns, values]. */
  private Value tables(Value places, TileAxis rows, TileAxis columns) {
    long channels = Axes.extent(this, places.tensorType(), 1);
    long size = rows.tile() * columns.tile();
    Value tiled =
        places
            .reshape(0, channels, rows.count(), rows.tile(), columns.count(), columns.tile())
            .transpose(0, 1, 2, 4, 3, 5)
            .reshape(0, channels, rows.count(), columns.count(), size);
    Value counts = Histogram.of(tiled, VALUES, ElementType.FLOAT32);
    if (clipLimit > 0) {
      Value clipped = counts.min(clipLimit * size / VALUES);
      counts = clipped.add(counts.sub(clipped).sum(true, 4).div(VALUES));
    }
    Value sums = Histogram.cumulative(counts);
    Value least = sums.min(true, 4);
    Value span = least.neg().add(size);
    Value divisor = span.eq(0).where(span.onesLike(), span);
    return sums.sub(least).mul(255).div(divisor).clip(0, 255);
  }

  /** Each pixel by the tables of the four tiles around it. */
  private static Value interpolated(Value tables, Value places, TileAxis rows, TileAxis columns) {
    Value all = tables.flatten(2).reshape(-1);
    // Where a channel of an image begins among all tables.
    Value one = places.slice(2, 0, 1).slice(3, 0, 1);
    Value size = Value.longs(rows.count() * columns.count() * VALUES);
    Value starts =
        Value.range(
                Value.scalar(ElementType.INT64, 0),
                one.sizeOf(),
                Value.scalar(ElementType.INT64, 1))
            .mul(size)
            .reshapeLike(one);
    Value pixels = places.add(starts);
    Value[] sides = new Value[2];
    for (int i = 0; i < 2; i++) {
      Value row = rows.tiles(i).mul(Value.longs(columns.count() * VALUES)).unsqueeze(1);
      Value left = all.gather(pixels.add(row).add(columns.tiles(0).mul(Value.longs(VALUES))), 0);
      Value right = all.gather(pixels.add(row).add(columns.tiles(1).mul(Value.longs(VALUES))), 0);
      sides[i] = TileAxis.between(left, right, columns.shares());
    }
    return TileAxis.between(sides[0], sides[1], rows.shares().unsqueeze(1));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    List<Double> range = config.numbers("value_range", valueRange);
    valueRange(range.get(0), range.get(range.size() - 1));
    clipLimit = config.number("clip_limit", clipLimit);
    tileGridSize = checked(config.integers("tile_grid_size", tileGridSize));
  }
}
