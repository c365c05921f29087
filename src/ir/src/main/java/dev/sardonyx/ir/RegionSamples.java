package dev.sardonyx.ir;

import dev.sardonyx.ir.Regions.RegionCoordinates;
import dev.sardonyx.ir.Regions.RegionPooling;
import dev.sardonyx.ir.Regions.RoiAlign;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link RoiAlign} as matrix products. What is linear between pixels is so along each axis by
 * itself: a sample at p takes max(0, 1 - |p - i|) of pixel i, so that the mean over a bin is rows ·
 * image · columnsᵀ with the means of such weights as rows and columns.
 *
 * <p>With {@code mode=max} the operator takes the greatest of all weighed pixels, not of the sums
 * of four; the rows then are for one sample and one of its two neighbours each.
 *
 * <p>Each region has a copy of its image, unless there is a single one.
 */
record RegionSamples(RoiAlign op, Value image, Value rois) {
  static @Nullable Value of(Expansion e, RoiAlign op) {
    if (!e.shape(0).isRanked()) {
      return null;
    }
    boolean one = e.shape(0).dim(0).is(1);
    return new RegionSamples(op, one ? e.x(0) : e.x(0).gather(e.x(2), 0), e.x(1)).pooled();
  }

  private Value pooled() {
    if (op.mode() == RegionPooling.AVG) {
      Value rows = mean(1, 2, op.outputHeight());
      Value columns = mean(0, 3, op.outputWidth());
      return product(rows, columns);
    }
    Value rows = neighbours(1, 2, op.outputHeight());
    Value columns = neighbours(0, 3, op.outputWidth());
    Value all = product(flat(rows), flat(columns));
    Value bins =
        Extents.join(
            List.of(
                Value.longs(0, 0, op.outputHeight()),
                Extents.axis(rows, 2),
                Value.longs(op.outputWidth()),
                Extents.axis(columns, 2)));
    return all.reshape(bins).max(false, 3, 5);
  }

  private Value product(Value rows, Value columns) {
    return rows.unsqueeze(1).matMul(image).matMul(columns.unsqueeze(1).transpose(0, 1, 3, 2));
  }

  /** [R,bins,taps,pixels] as [R,bins·taps,pixels]. */
  private static Value flat(Value rows) {
    Value shape = Extents.join(List.of(Value.longs(0, -1), Extents.axis(rows, 3)));
    return rows.reshape(shape);
  }

  /** For each region and bin along an axis what each pixel counts, [R,bins,pixels]. */
  private Value mean(int coordinate, int axis, long bins) {
    Samples samples = samples(coordinate, axis, bins);
    Value weights = samples.weights();
    if (op.samplingRatio() > 0) {
      return weights.mean(false, 2);
    }
    Value used = samples.index().lt(samples.count()).cast(rois.element()).unsqueeze(3);
    return weights.mul(used).sum(false, 2).div(samples.count().max(1));
  }

  /** The same for each sample's neighbours by themselves, [R,bins,2·samples,pixels]. */
  private Value neighbours(int coordinate, int axis, long bins) {
    Samples samples = samples(coordinate, axis, bins);
    Value low = samples.places().floor().unsqueeze(3);
    Value weights = samples.weights();
    Value zero = weights.scalar(0);
    Value below = samples.pixels().eq(low).where(weights, zero);
    Value above = samples.pixels().eq(low.add(1)).where(weights, zero);
    return Value.concat(2, below, above);
  }

  /**
   * The samples of all regions along one axis.
   *
   * @param index of a sample in its bin, [1,1,samples]
   * @param count how many a bin of a region has, [R,1,1]
   * @param places where they lie, [R,bins,samples], within the image
   * @param inside 1 if they lie within the image, or less than a pixel outside, else 0
   * @param pixels 0, 1, … to the axis's end
   */
  private record Samples(Value index, Value count, Value places, Value inside, Value pixels) {
    /** What a sample takes of each pixel, [R,bins,samples,pixels]. */
    Value weights() {
      Value distance = places.unsqueeze(3).sub(pixels).abs();
      return distance.neg().add(1).relu().mul(inside.unsqueeze(3));
    }
  }

  private Samples samples(int coordinate, int axis, long bins) {
    boolean half = op.coordinateTransformationMode() == RegionCoordinates.HALF_PIXEL;
    Value start = edge(coordinate, half);
    Value length = edge(coordinate + 2, half).sub(start);
    Value bin = (half ? length : length.max(1)).div(bins);
    boolean adaptive = op.samplingRatio() == 0;
    Value count = adaptive ? bin.ceil() : bin.scalar(op.samplingRatio());
    Value index = count(adaptive ? most(count) : Value.longs(op.samplingRatio()));
    Value sample = index;
    if (adaptive && op.mode() == RegionPooling.MAX) {
      // Beyond a bin's last sample that one again.
      sample = index.min(count.sub(1));
    }
    Value within = sample.add(0.5).div(adaptive ? count.max(1) : count);
    Value bin0 = count(Value.longs(bins)).unsqueeze(1);
    Value places = bin0.add(within).mul(bin).add(start);
    Value extent = Extents.axis(image, axis);
    Value last = extent.cast(rois.element()).sub(1);
    Value inside = places.ge(-1).and(places.le(last.add(1)));
    if (adaptive) {
      inside = inside.and(count.gt(0));
    }
    Value moved = places.max(0).min(last);
    return new Samples(index, count, moved, inside.cast(rois.element()), count(extent));
  }

  /** 0, 1, … up to what a vector of one element says. */
  private Value count(Value extent) {
    return Value.range(Fused.zero(), extent.reshape(), Fused.one()).cast(rois.element());
  }

  /** One of a region's coordinates, [R,1,1]. */
  private Value edge(int coordinate, boolean half) {
    Value edge = rois.slice(1, coordinate, coordinate + 1).unsqueeze(2);
    Value scaled = op.spatialScale() == 1 ? edge : edge.mul(op.spatialScale());
    return half ? scaled.sub(0.5) : scaled;
  }

  /** The greatest of some numbers, at least 1. */
  private static Value most(Value counts) {
    Value all = counts.cast(ElementType.INT64).reshape(-1);
    return Value.concat(0, all, Value.longs(1)).max(true, 0);
  }
}
