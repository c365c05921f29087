package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The notation of einops: {@code "b (h w) c -> b c h w"}, with extents by name. */
final class Rearrangement {
  static final OpTable TABLE =
      new OpTable().op("Rearrange(tensor, pattern, **axes)", Rearrangement::of);

  private static final Pattern ITEM = Pattern.compile("\\([^)]*\\)|\\S+");

  private Rearrangement() {}

  private static List<List<String>> groups(String side) {
    List<List<String>> groups = new ArrayList<>();
    Matcher items = ITEM.matcher(side);
    while (items.find()) {
      String inside = items.group().replaceAll("[()]", " ").strip();
      groups.add(inside.isEmpty() ? List.of() : List.of(inside.split("\\s+")));
    }
    return groups;
  }

  private static Value of(OpCall call) {
    Value x = call.value("tensor");
    String[] sides = call.text("pattern").split("->", -1);
    if (sides.length != 2 || sides[0].contains("...")) {
      throw call.refuse(
          "has the pattern %s, which is not supported".formatted(call.text("pattern")),
          "name each axis on both sides of ->");
    }
    List<List<String>> from = groups(sides[0]);
    List<List<String>> to = groups(sides[1]);
    if (from.size() != x.shape().rank()) {
      throw call.refuse("names %s axes of %s".formatted(from.size(), x.type()), "name each axis");
    }
    Map<String, Value> extents = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (int axis = 0; axis < from.size(); axis++) {
      measure(call, x, axis, from.get(axis), extents);
      from.get(axis).stream().filter(n -> !n.equals("1")).forEach(names::add);
    }
    Value apart = Sizes.reshape(x, names.stream().map(extents::get).toArray());
    List<String> order = to.stream().flatMap(List::stream).filter(n -> !n.equals("1")).toList();
    long[] moved = order.stream().mapToLong(names::indexOf).toArray();
    Object[] shape = to.stream().map(group -> product(group, extents)).toArray();
    return Sizes.reshape(Axes.transpose(apart, moved), shape);
  }

  /** The extents of what an axis is made of; one of them follows from the others. */
  private static void measure(
      OpCall call, Value x, int axis, List<String> group, Map<String, Value> extents) {
    String open = null;
    Value rest = Sizes.of(x, axis);
    for (String name : group) {
      @Nullable Long given =
          name.equals("1")
              ? Long.valueOf(1)
              : call.has(name) ? Long.valueOf(call.integer(name)) : null;
      if (given == null && open != null) {
        throw call.refuse("cannot tell %s from %s".formatted(open, name), "give one of them");
      }
      if (given == null) {
        open = name;
      } else {
        extents.put(name, Value.longs(given));
        rest =
            rest.constant() != null
                ? Value.longs(rest.constant().getLong(0) / given)
                : rest.div(Value.longs(given));
      }
    }
    if (open != null) {
      extents.put(open, rest);
    }
  }

  private static Value product(List<String> group, Map<String, Value> extents) {
    Value product = Value.longs(1);
    for (String name : group) {
      product = name.equals("1") ? product : product.mul(extents.get(name));
    }
    return product;
  }
}
