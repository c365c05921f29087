package dev.sardonyx.compiler;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Nodes in the order in which they are computed, and where that order is cut. A cut {@code i} lies
 * behind the first {@code i} nodes.
 */
final class Segments {
  /** What a symbolic or unknown extent counts as. */
  private static final long EXTENT = 32;

  private static final int MOST = 64;

  private final List<Node> order;

  /** How many bytes the first i nodes make. */
  private final double[] made;

  /** How many bytes the nodes behind cut i take of what those before it made. */
  private final double[] crossing;

  private final NavigableSet<Integer> cuts;

  private Segments(List<Node> order, double[] made, double[] crossing, NavigableSet<Integer> cuts) {
    this.order = order;
    this.made = made;
    this.crossing = crossing;
    this.cuts = cuts;
  }

  /** Without a cut. */
  static Segments of(List<Node> order) {
    double[] made = new double[order.size() + 1];
    double[] crossing = new double[order.size() + 1];
    Map<Value, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      for (Value input : order.get(i).inputs()) {
        if (input != null) {
          lastUse.put(input, i);
        }
      }
    }
    for (int i = 0; i < order.size(); i++) {
      double own = 0;
      for (Value value : order.get(i).isLeaf() ? List.<Value>of() : order.get(i).outputs()) {
        own += bytes(value.type());
        crossing[i + 1] += bytes(value.type());
        crossing[Math.max(i, lastUse.getOrDefault(value, i)) + 1] -= bytes(value.type());
      }
      made[i + 1] = made[i] + own;
    }
    for (int i = 1; i < crossing.length; i++) {
      crossing[i] += crossing[i - 1];
    }
    return new Segments(order, made, crossing, new TreeSet<>());
  }

  private static double bytes(Type type) {
    if (!(type instanceof TensorType tensor)) {
      return EXTENT;
    }
    double size = tensor.element().bits() / 8.0;
    for (Dim dim : tensor.shape().isRanked() ? tensor.shape().dims() : List.of(Dim.UNKNOWN)) {
      Dim known = dim.isFixed() ? dim : dim.substitute(symbol -> Dim.of(EXTENT));
      size *= known.isFixed() ? known.value() : EXTENT;
    }
    return size;
  }

  private Segments cut(NavigableSet<Integer> places) {
    return new Segments(order, made, crossing, places);
  }

  Segments after(Collection<Value> values) {
    Map<Node, Integer> places = new HashMap<>();
    order.forEach(node -> places.put(node, places.size() + 1));
    NavigableSet<Integer> found = new TreeSet<>();
    values.stream()
        .map(Value::node)
        .filter(places::containsKey)
        .map(places::get)
        .forEach(found::add);
    return cut(found);
  }

  /** Segments of about the same size, each cut being the cheapest of its surroundings. */
  Segments even(int count) {
    double total = made[order.size()];
    NavigableSet<Integer> places = new TreeSet<>();
    for (int k = 1; k < count; k++) {
      double middle = total * k / count;
      double reach = total / count / 4;
      int best = -1;
      for (int i = 1; i < order.size(); i++) {
        boolean near = Math.abs(made[i] - middle) <= reach && !order.get(i - 1).isLeaf();
        if (near && (best < 0 || crossing[i] < crossing[best])) {
          best = i;
        }
      }
      if (best > 0) {
        places.add(best);
      }
    }
    return cut(places);
  }

  /** That division, or none, which needs the least memory. */
  Segments smallest() {
    Segments best = this;
    for (int count = 2; count <= Math.min(MOST, order.size()); count++) {
      Segments other = even(count);
      best = other.peak() < best.peak() ? other : best;
    }
    return best;
  }

  /** What is kept, and the largest segment beside it: the last is there while others come back. */
  private double peak() {
    double kept = cuts.stream().mapToDouble(cut -> crossing[cut]).sum();
    double largest = 0;
    int start = 0;
    for (int cut : cuts) {
      largest = Math.max(largest, made[cut] - made[start]);
      start = cut;
    }
    return kept + Math.max(largest, made[order.size()] - made[start]);
  }

  /** Nodes that are computed once, or again. */
  record Part(List<Node> nodes, boolean again) {}

  /** All nodes in order; those of chance, and all behind the last cut, are computed once. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int start = 0;
    for (int cut : cuts) {
      split(order.subList(start, cut), parts);
      start = cut;
    }
    parts.add(new Part(order.subList(start, order.size()), false));
    return parts;
  }

  private static void split(List<Node> segment, List<Part> parts) {
    int start = 0;
    for (int i = 0; i <= segment.size(); i++) {
      if (i == segment.size() || Chance.isRandom(segment.get(i))) {
        parts.add(new Part(segment.subList(start, i), true));
        parts.add(new Part(segment.subList(i, Math.min(i + 1, segment.size())), false));
        start = i + 1;
      }
    }
  }
}
