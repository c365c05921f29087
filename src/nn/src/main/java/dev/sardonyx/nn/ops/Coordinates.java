package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Gathering;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tensors read at fractional places. */
final class Coordinates {
  /** One of the elements around a place along an axis. */
  private record Tap(Value index, Value inside, Value weight) {}

  private Coordinates() {}

  static Value map(OpCall call) {
    Value x = call.value("inputs");
    Value coordinates = Promotion.floating(call.value("coordinates"));
    List<List<Tap>> axes = new ArrayList<>();
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      Value place = coordinates.slice(0, axis, axis + 1).squeeze(0);
      axes.add(taps(call, place, Sizes.scalar(x, axis)));
    }
    Value sum = null;
    for (int corner = 0; corner < 1 << axes.size(); corner++) {
      List<Tap> chosen = corner(axes, corner);
      if (chosen != null) {
        Value part = part(call, x, chosen);
        sum = sum == null ? part : sum.add(part);
      }
    }
    Value result = Objects.requireNonNull(sum);
    return x.element().isFloat() ? result.cast(x.element()) : result.round().cast(x.element());
  }

  private static @Nullable List<Tap> corner(List<List<Tap>> axes, int corner) {
    List<Tap> chosen = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      int which = corner >> axis & 1;
      if (which >= axes.get(axis).size()) {
        return null;
      }
      chosen.add(axes.get(axis).get(which));
    }
    return chosen;
  }

  private static List<Tap> taps(OpCall call, Value place, Value extent) {
    if (call.integer("order") == 0) {
      return List.of(tap(call, place.round(), extent, place.scalar(1)));
    }
    if (call.integer("order") != 1) {
      throw call.refuse("interpolates with order 0 or 1", "set order to 1");
    }
    Value low = place.floor();
    Value share = place.sub(low);
    return List.of(
        tap(call, low, extent, share.neg().add(1)), tap(call, low.add(1), extent, share));
  }

  private static Tap tap(OpCall call, Value place, Value extent, Value weight) {
    Value index = place.cast(ElementType.INT64);
    Value inside = index.ge(0).and(index.lt(extent));
    Value last = extent.sub(1);
    Value fixed =
        switch (call.text("fill_mode")) {
          case "constant", "nearest" -> index.max(0).min(last);
          case "wrap" -> Division.modulo(index, extent);
          case "mirror" -> {
            Value period = last.mul(2).max(1);
            Value turned = Division.modulo(index, period);
            yield turned.min(period.sub(turned)).min(last);
          }
          case "reflect" -> {
            Value period = extent.mul(2);
            Value turned = Division.modulo(index.abs(), period);
            yield turned.lt(extent).where(turned, period.sub(turned).sub(1));
          }
          default -> call.wrong("fill_mode", "constant, nearest, wrap, mirror or reflect");
        };
    return new Tap(fixed, inside, weight);
  }

  private static Value part(OpCall call, Value x, List<Tap> taps) {
    List<Value> columns = new ArrayList<>();
    Value weight = taps.get(0).weight();
    Value inside = taps.get(0).inside();
    for (Tap tap : taps) {
      columns.add(tap.index().unsqueeze(-1));
      if (tap != taps.get(0)) {
        weight = weight.mul(tap.weight());
        inside = inside.and(tap.inside());
      }
    }
    Value read = Value.of(new Gathering.GatherND(0), x, Value.concat(-1, columns));
    Value typed = read.cast(weight.element());
    if (call.text("fill_mode").equals("constant")) {
      typed = inside.where(typed, typed.scalar(call.number("fill_value")));
    }
    return typed.mul(weight);
  }
}
