package dev.sardonyx.ir;

import dev.sardonyx.ir.Regions.MaxRoiPool;
import dev.sardonyx.ir.type.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * {@link MaxRoiPool} as maxima along one axis after the other, of what lies in a bin and the least
 * number elsewhere.
 */
record RegionMaxima(MaxRoiPool op, Value image, Value rois) {
  static @Nullable Value of(Expansion e, MaxRoiPool op) {
    if (!e.shape(0).isRanked()) {
      return null;
    }
    Value index = e.x(1).slice(1, 0, 1).reshape(-1).cast(ElementType.INT64);
    boolean one = e.shape(0).dim(0).is(1);
    return new RegionMaxima(op, one ? e.x(0) : e.x(0).gather(index, 0), e.x(1)).pooled();
  }

  private Value pooled() {
    Value columns = bins(1, 3, op.pooledShape().get(1));
    Value rows = bins(2, 2, op.pooledShape().get(0));
    Value least = image.scalar(Double.NEGATIVE_INFINITY);
    // [R,C,H,1,W] with [R,1,1,bins,W], then [R,C,1,bins,H] with [R,1,bins,1,H].
    Value across = columns.unsqueeze(1, 2).where(image.unsqueeze(3), least).max(false, 4);
    Value down =
        rows.unsqueeze(1, 3).where(across.transpose(0, 1, 3, 2).unsqueeze(2), least).max(false, 4);
    Value empty = any(rows).unsqueeze(2).and(any(columns).unsqueeze(1)).not().unsqueeze(1);
    return empty.where(image.scalar(0), down);
  }

  /** Whether a bin has pixels, [R,bins]. */
  private static Value any(Value bins) {
    return bins.cast(ElementType.INT32).max(false, 2).gt(0);
  }

  /** Which pixels of an axis lie in each bin, [R,bins,pixels]. */
  private Value bins(int coordinate, int axis, long count) {
    Value start = pixel(coordinate);
    Value length = pixel(coordinate + 2).sub(start).add(1).max(1);
    Value bin = length.div(count);
    Value index = count(Value.longs(count)).unsqueeze(1);
    Value from = index.mul(bin).floor().add(start);
    Value to = index.add(1).mul(bin).ceil().add(start);
    Value pixels = count(Extents.axis(image, axis));
    return pixels.ge(from).and(pixels.lt(to));
  }

  /** A coordinate in whole pixels, halves away from zero, [R,1,1]. */
  private Value pixel(int coordinate) {
    Value x = rois.slice(1, coordinate, coordinate + 1).unsqueeze(2);
    Value scaled = op.spatialScale() == 1 ? x : x.mul(op.spatialScale());
    return scaled.abs().add(0.5).floor().mul(scaled.sign());
  }

  private Value count(Value extent) {
    return Value.range(Fused.zero(), extent.reshape(), Fused.one()).cast(rois.element());
  }
}
