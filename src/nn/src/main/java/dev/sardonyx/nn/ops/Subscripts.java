package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Gathering;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.layers.Arguments.Slice;
import dev.sardonyx.nn.layers.Arguments.Special;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * NumPy's {@code x[…]}: slices, integers, new axes, one ellipsis, and arrays of integers, whose
 * places go together.
 */
final class Subscripts {
  private final OpCall call;
  private final Value x;
  private final List<@Nullable Object> items;
  private final List<Long> starts = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private final List<Long> steps = new ArrayList<>();
  private final List<Long> axes = new ArrayList<>();
  private final List<Long> chosenAxes = new ArrayList<>();
  private final List<Value> chosen = new ArrayList<>();

  private Subscripts(OpCall call, Value x, List<@Nullable Object> items) {
    this.call = call;
    this.x = x;
    this.items = items;
  }

  /** {@code x[key]}; a list in the place of the key is a tuple. */
  static Value get(OpCall call) {
    Object key = call.raw("key");
    List<@Nullable Object> items = new ArrayList<>();
    if (key instanceof List<?> list) {
      items.addAll(list);
    } else {
      items.add(key);
    }
    Value x = call.x();
    return new Subscripts(call, x, complete(call, items, x.shape().rank())).result();
  }

  /** With as many slices in the place of the ellipsis as there are axes left. */
  private static List<@Nullable Object> complete(
      OpCall call, List<@Nullable Object> items, int rank) {
    long taken = items.stream().filter(i -> i != null && i != Special.ELLIPSIS).count();
    if (taken > rank) {
      throw call.refuse(
          "has %s subscripts for a tensor of %s axes".formatted(taken, rank), "leave some out");
    }
    int at = items.indexOf(Special.ELLIPSIS);
    List<@Nullable Object> all = new ArrayList<>(items.subList(0, at < 0 ? items.size() : at));
    all.addAll(Collections.nCopies((int) (rank - taken), new Slice(null, null, null)));
    if (at >= 0) {
      all.addAll(items.subList(at + 1, items.size()));
    }
    return all;
  }

  private Value result() {
    boolean lists = items.stream().anyMatch(Subscripts::isList);
    int axis = 0;
    for (Object item : items) {
      if (item instanceof Slice slice) {
        slice(axis, slice);
      } else if (item != null && (lists || !(item instanceof Number))) {
        chosenAxes.add((long) axis);
        chosen.add(places(item, axis));
      } else if (item instanceof Number n) {
        one(axis, n.longValue());
      }
      axis += item == null ? 0 : 1;
    }
    Value sliced =
        axes.isEmpty() ? x : x.slice(array(starts), array(ends), array(axes), array(steps));
    return lists ? withLists(sliced) : withoutLists(sliced);
  }

  private static boolean isList(@Nullable Object item) {
    return item instanceof List<?> || item instanceof Value || item instanceof Tensor;
  }

  private static long[] array(List<Long> list) {
    return list.stream().mapToLong(i -> i).toArray();
  }

  private void slice(int axis, Slice slice) {
    long step = bound(slice.step(), 1);
    if (step == 0) {
      throw call.refuse("has a step of 0", "give the slice another step");
    }
    long start = bound(slice.start(), step > 0 ? 0 : Long.MAX_VALUE);
    long end = bound(slice.stop(), step > 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
    if (start != 0 || end != Long.MAX_VALUE || step != 1) {
      cut(axis, start, end, step);
    }
  }

  private long bound(@Nullable Object given, long standard) {
    if (given == null) {
      return standard;
    }
    if (given instanceof Number n) {
      return n.longValue();
    }
    throw call.refuse(
        "slices from %s, which is no number".formatted(given), "use the operation Slice");
  }

  private void one(int axis, long index) {
    Dim extent = x.shape().dim(axis);
    if (extent.isFixed() && (index >= extent.value() || index < -extent.value())) {
      throw call.refuse(
          "reads element %s of an axis of %s".formatted(index, extent), "count from 0");
    }
    cut(axis, index, index == -1 ? Long.MAX_VALUE : index + 1, 1);
  }

  private void cut(int axis, long start, long end, long step) {
    starts.add(start);
    ends.add(end);
    axes.add((long) axis);
    steps.add(step);
  }

  private Value places(Object item, int axis) {
    Value places = Constants.value(call, item);
    if (!places.element().isInteger()) {
      throw call.refuse(
          "has a subscript of %s".formatted(places.type()),
          "give integers, or use Where on a mask");
    }
    Value wide = places.cast(ElementType.INT64);
    return wide.lt(0).where(wide.add(Sizes.scalar(x, axis)), wide);
  }

  private Value withoutLists(Value sliced) {
    List<Long> dropped = new ArrayList<>();
    List<Long> added = new ArrayList<>();
    int axis = 0;
    int place = 0;
    for (Object item : items) {
      if (item instanceof Number) {
        dropped.add((long) axis);
      } else {
        if (item == null) {
          added.add((long) place);
        }
        place++;
      }
      axis += item == null ? 0 : 1;
    }
    Value rest = dropped.isEmpty() ? sliced : sliced.squeeze(array(dropped));
    return added.isEmpty() ? rest : rest.unsqueeze(array(added));
  }

  /** The axes of the lists become one, where they stand side by side, else in front. */
  private Value withLists(Value sliced) {
    long[] front = array(chosenAxes);
    long[] rest = Axes.others(sliced, front);
    Value moved =
        Axes.transpose(
            sliced, LongStream.concat(LongStream.of(front), LongStream.of(rest)).toArray());
    Value together = chosen.get(0);
    for (Value next : chosen) {
      together = together.add(next.mul(0)).expand(Sizes.shape(together.add(next)));
    }
    int rank = together.shape().rank();
    List<Value> columns = new ArrayList<>();
    for (Value next : chosen) {
      columns.add(next.expand(Sizes.shape(together)).unsqueeze(rank));
    }
    Value picked = Value.of(new Gathering.GatherND(0), moved, Value.concat(rank, columns));
    int before = sideBySide() ? (int) LongStream.of(rest).filter(a -> a < front[0]).count() : 0;
    long[] from = LongStream.range(0, rank).toArray();
    Value placed = Axes.move(picked, from, LongStream.of(from).map(a -> a + before).toArray());
    long[] added = newAxes(rank);
    return added.length == 0 ? placed : placed.unsqueeze(added);
  }

  private boolean sideBySide() {
    int first = items.size();
    int last = -1;
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) != null && !(items.get(i) instanceof Slice)) {
        first = Math.min(first, i);
        last = i;
      }
    }
    return last - first + 1 == chosen.size();
  }

  private long[] newAxes(int rank) {
    boolean inPlace = sideBySide();
    boolean counted = !inPlace;
    int place = inPlace ? 0 : rank;
    List<Long> added = new ArrayList<>();
    for (Object item : items) {
      if (item == null) {
        added.add((long) place++);
      } else if (Objects.requireNonNull(item) instanceof Slice) {
        place++;
      } else if (!counted) {
        place += rank;
        counted = true;
      }
    }
    return array(added);
  }
}
