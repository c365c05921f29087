package dev.sardonyx.compiler.scans;

import dev.sardonyx.compiler.Chance;
import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.ScanBuilder;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two scans over the same elements from the same states. */
final class ScanPair {
  private final Node first;
  private final Node second;
  private final int states;

  private ScanPair(Node first, Node second) {
    this.first = first;
    this.second = second;
    this.states = body(first).formals().size() - (int) scan(first).numScanInputs();
  }

  /**
   * The results of the first and then of the second, from one scan; null where their states come to
   * differ, or one of them needs the other's results.
   */
  static @Nullable List<Value> merged(Node first, Node second) {
    ScanPair pair = new ScanPair(first, second);
    return pair.agree() && !pair.needEachOther() ? Location.within(first.at(), pair::merged) : null;
  }

  private static Scan scan(Node node) {
    return (Scan) node.op();
  }

  private static Body body(Node node) {
    return scan(node).body();
  }

  private static List<Value> captured(Node node) {
    return node.inputs().subList(body(node).formals().size(), node.inputs().size()).stream()
        .map(Objects::requireNonNull)
        .toList();
  }

  private boolean needEachOther() {
    return Walk.topological(captured(second)).contains(first)
        || Walk.topological(captured(first)).contains(second);
  }

  private List<Value> merged() {
    ScanBuilder builder = new ScanBuilder();
    List<Value> given = new ArrayList<>();
    for (int j = 0; j < states; j++) {
      given.add(builder.state(first.input(j)));
    }
    Scan scan = scan(first);
    for (int i = 0; i < scan.numScanInputs(); i++) {
      long axis = Turns.at(scan.scanInputAxes(), i);
      long direction = Turns.at(scan.scanInputDirections(), i);
      given.add(builder.element(first.input(states + i), axis, direction));
    }
    List<Value> outputs = body(first).inline(given, captured(first));
    List<Value> more = body(second).inline(given, captured(second));
    outputs.subList(0, states).forEach(builder::next);
    collect(builder, scan(first), outputs.subList(states, outputs.size()));
    collect(builder, scan(second), more.subList(states, more.size()));
    List<Value> results = builder.results();
    List<Value> both = new ArrayList<>(results.subList(0, outputs.size()));
    both.addAll(results.subList(0, states));
    both.addAll(results.subList(outputs.size(), results.size()));
    return both;
  }

  /** Whether the next states are the same. */
  private boolean agree() {
    Map<Value, Value> same = new HashMap<>();
    List<Value> formals = body(first).formals();
    for (int i = 0; i < formals.size(); i++) {
      same.put(body(second).formals().get(i), formals.get(i));
    }
    for (int i = 0; i < captured(second).size(); i++) {
      int at = captured(first).indexOf(captured(second).get(i));
      if (at >= 0) {
        same.put(body(second).captured().get(i), body(first).captured().get(at));
      }
    }
    Map<Key, Node> known = new HashMap<>();
    body(first).graph().nodes().forEach(n -> known.putIfAbsent(Key.of(n, Map.of()), n));
    for (Node node : body(second).graph().nodes()) {
      Node found = known.get(Key.of(node, same));
      if (found != null && !(node.op() instanceof Leaf.Input) && !Chance.isRandom(node)) {
        node.outputs().forEach(v -> same.put(v, found.outputs().get(v.index())));
      }
    }
    for (int j = 0; j < states; j++) {
      if (same.get(body(second).outputs().get(j)) != body(first).outputs().get(j)) {
        return false;
      }
    }
    return true;
  }

  /** What a node computes, of inputs that are called as in the first body. */
  private record Key(Op op, List<@Nullable Value> inputs, int outputs) {
    static Key of(Node node, Map<Value, Value> names) {
      List<@Nullable Value> inputs = new ArrayList<>(node.inputs());
      inputs.replaceAll(v -> v == null ? null : names.getOrDefault(v, v));
      return new Key(node.op(), inputs, node.outputs().size());
    }
  }

  private static void collect(ScanBuilder builder, Scan scan, List<Value> values) {
    for (int k = 0; k < values.size(); k++) {
      long axis = Turns.at(scan.scanOutputAxes(), k);
      builder.collect(values.get(k), axis, Turns.at(scan.scanOutputDirections(), k));
    }
  }
}
