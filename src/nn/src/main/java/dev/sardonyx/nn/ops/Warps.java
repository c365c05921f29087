package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Gathering;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;

/** Images seen through projective maps: from places of the result to places of the image. */
final class Warps {
  private Warps() {}

  static Value affine(OpCall call) {
    Value transform = call.value("transform").cast(ElementType.FLOAT32);
    return projected(
        call,
        transform.shape().rank() == 1 ? transform.unsqueeze(0) : transform,
        call.choice("fill_mode", "constant", "nearest", "wrap", "reflect"));
  }

  static Value perspective(OpCall call) {
    return projected(
        call, homography(points(call, "start_points"), points(call, "end_points")), "constant");
  }

  private static Value points(OpCall call, String name) {
    Value points = Matrices.wide(call.value(name));
    return points.shape().rank() == 2 ? points.unsqueeze(0) : points;
  }

  /** The map that takes four end points to four start points. */
  private static Value homography(Value start, Value end) {
    List<Value> rows = new ArrayList<>();
    List<Value> targets = new ArrayList<>();
    for (long i = 0; i < 4; i++) {
      for (long axis = 0; axis < 2; axis++) {
        Value to = start.slice(1, i, i + 1).slice(2, axis, axis + 1);
        Value x = end.slice(1, i, i + 1).slice(2, 0, 1);
        Value y = end.slice(1, i, i + 1).slice(2, 1, 2);
        Value one = x.mul(0).add(1);
        Value none = x.mul(0);
        List<Value> own = List.of(x, y, one);
        List<Value> zeros = List.of(none, none, none);
        List<Value> row = new ArrayList<>(axis == 0 ? own : zeros);
        row.addAll(axis == 0 ? zeros : own);
        row.add(to.mul(x).neg());
        row.add(to.mul(y).neg());
        rows.add(Value.concat(2, row));
        targets.add(to);
      }
    }
    Value solved = Matrices.solve(Value.concat(1, rows), Value.concat(1, targets), 8);
    return solved.squeeze(2).cast(ElementType.FLOAT32);
  }

  private static Value projected(OpCall call, Value map, String mode) {
    Value given = call.value("images");
    Value x = Images.channelsLast(call, given);
    Value h = Sizes.scalar(x, 1);
    Value w = Sizes.scalar(x, 2);
    Value places = Sizes.range(h.mul(w));
    Value column = Division.modulo(places, w).cast(ElementType.FLOAT32).unsqueeze(0);
    Value row = Division.floor(places, w).cast(ElementType.FLOAT32).unsqueeze(0);
    Value scale = at(map, 6).mul(column).add(at(map, 7).mul(row)).add(1);
    Value flat = scale.eq(0);
    Value safe = flat.where(scale.scalar(1), scale);
    Value inX = line(map, 0, column, row).div(safe);
    Value inY = line(map, 3, column, row).div(safe);
    Value outside = flat.where(scale.scalar(-2), scale.scalar(0));
    Value sampled =
        sample(call, x, borders(inY.add(outside), h, mode), borders(inX.add(outside), w, mode));
    Value y = Sizes.reshape(sampled, Sizes.shape(x));
    return Images.fromLast(call, y.cast(given.element()), given);
  }

  private static Value at(Value map, long i) {
    return map.slice(1, i, i + 1);
  }

  private static Value line(Value map, long from, Value column, Value row) {
    return at(map, from).mul(column).add(at(map, from + 1).mul(row)).add(at(map, from + 2));
  }

  /** The coordinate inside of an axis, as TensorFlow maps it. */
  private static Value borders(Value coordinate, Value extent, String mode) {
    Value n = extent.cast(coordinate.element());
    Value last = n.sub(1);
    return switch (mode) {
      case "nearest" -> coordinate.max(0).min(last);
      case "reflect" -> {
        Value period = n.mul(2);
        Value turned = coordinate.sub(coordinate.div(period).floor().mul(period));
        yield turned.ge(n).where(period.sub(turned).sub(1), turned).max(0).min(last);
      }
      case "wrap" -> {
        Value safe = last.max(1);
        Value before = coordinate.add(n.mul(coordinate.neg().div(safe).floor().add(1)));
        Value behind = coordinate.sub(n.mul(coordinate.div(safe).floor()));
        Value turned =
            coordinate.lt(0).where(before, coordinate.gt(last).where(behind, coordinate));
        yield turned.max(0).min(last);
      }
      default -> coordinate;
    };
  }

  /** Values [N, places, C] of images [N, H, W, C]. */
  private static Value sample(OpCall call, Value x, Value y0, Value x0) {
    boolean nearest = call.choice("interpolation", "nearest", "bilinear").equals("nearest");
    if (nearest) {
      return read(call, x, away(y0), away(x0));
    }
    Value top = y0.floor();
    Value left = x0.floor();
    Value down = y0.sub(top).unsqueeze(-1);
    Value right = x0.sub(left).unsqueeze(-1);
    Value upper = mix(read(call, x, top, left), read(call, x, top, left.add(1)), right);
    Value lower =
        mix(read(call, x, top.add(1), left), read(call, x, top.add(1), left.add(1)), right);
    return mix(upper, lower, down);
  }

  /** Rounded, halves away from 0. */
  private static Value away(Value x) {
    return x.sign().mul(x.abs().add(0.5).floor());
  }

  private static Value mix(Value a, Value b, Value share) {
    return a.mul(share.neg().add(1)).add(b.mul(share));
  }

  private static Value read(OpCall call, Value x, Value row, Value column) {
    Value h = Sizes.scalar(x, 1).cast(row.element());
    Value w = Sizes.scalar(x, 2).cast(row.element());
    Value inside = row.ge(0).and(row.lt(h)).and(column.ge(0)).and(column.lt(w));
    Value place = inside.where(row.mul(w).add(column), row.scalar(0)).cast(ElementType.INT64);
    Value pixels = Sizes.reshape(x, Sizes.of(x, 0), -1L, Sizes.of(x, 3));
    Value all = place.expand(Sizes.join(Sizes.of(x, 0), 1L)).unsqueeze(2);
    Value read = Value.of(new Gathering.GatherND(1), pixels, all).cast(ElementType.FLOAT32);
    return inside.unsqueeze(-1).where(read, read.scalar(call.number("fill_value")));
  }
}
