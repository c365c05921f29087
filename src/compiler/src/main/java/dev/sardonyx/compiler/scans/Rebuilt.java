package dev.sardonyx.compiler.scans;

import dev.sardonyx.compiler.scans.Accumulators.Accumulator;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.ScanBuilder;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scan made anew of what still has to be done turn by turn. */
final class Rebuilt {
  private final Node node;
  private final Scan scan;
  private final Turns turns;
  private final List<Value> nexts;
  private final Collection<Value> collected;
  private final List<Value> others = new ArrayList<>();
  private final List<long[]> ways = new ArrayList<>();
  private final ScanBuilder builder = new ScanBuilder();
  private final Map<Value, Value> inner = new HashMap<>();
  private boolean hasElement;
  private int kept;

  Rebuilt(
      Node node,
      Scan scan,
      Turns turns,
      Map<Integer, Accumulator> accumulators,
      List<Value> outputs,
      Collection<Value> collected) {
    this.node = node;
    this.scan = scan;
    this.turns = turns;
    this.nexts = Hoisting.nexts(turns.states(), outputs, accumulators);
    this.collected = collected;
    for (int j = 0; j < turns.states(); j++) {
      Accumulator accumulator = accumulators.get(j);
      if (accumulator == null || accumulator.next() != null) {
        inner.put(scan.body().formals().get(j), builder.state(node.input(j)));
      }
    }
  }

  /** Collects a value along another axis, or the other way round. */
  void collect(Value value, long axis, long direction) {
    others.add(value);
    ways.add(new long[] {axis, direction});
  }

  int others() {
    return others.size();
  }

  /** The last states, then what is collected, the others last; empty if nothing is left to do. */
  List<Value> results() {
    List<Value> wanted = new ArrayList<>(nexts);
    wanted.addAll(collected);
    wanted.addAll(others);
    if (wanted.isEmpty()) {
      return List.of();
    }
    for (Node inside : Walk.topological(wanted, this::stays)) {
      List<@Nullable Value> inputs = new ArrayList<>(inside.inputs());
      inputs.replaceAll(v -> v == null ? null : inner(v));
      // Made anew even where its inputs stay: only what is new lies in the new body.
      Node moved = inside.withInputs(inputs);
      inside.outputs().forEach(v -> inner.put(v, moved.outputs().get(v.index())));
      kept++;
    }
    nexts.forEach(v -> builder.next(inner(v)));
    collected.forEach(v -> builder.collect(inner(v), 0, turns.direction()));
    for (int k = 0; k < others.size(); k++) {
      builder.collect(inner(others.get(k)), ways.get(k)[0], ways.get(k)[1]);
    }
    if (!hasElement) {
      element(scan.body().formals().get(turns.states()));
    }
    return builder.results();
  }

  private boolean stays(Node inside) {
    return !inside.isLeaf() && turns.waits(inside.outputs().get(0));
  }

  /** A value of the old body in the new one. */
  private Value inner(Value old) {
    Value known = inner.get(old);
    if (known != null) {
      return known;
    }
    Value now;
    if (turns.isFixed(old)) {
      now = turns.fixed(old);
    } else if (turns.isStacked(old)) {
      now = builder.element(turns.stack(old), 0, turns.direction());
      hasElement = true;
    } else {
      now = element(old);
    }
    inner.put(old, now);
    return now;
  }

  /** An element that is read along another axis, or the other way round. */
  private Value element(Value formal) {
    int i = scan.body().formals().indexOf(formal) - turns.states();
    hasElement = true;
    return builder.element(node.input(turns.states() + i), turns.axis(i), turns.direction(i));
  }

  /** Whether the new body does less than the old one. */
  boolean isSmaller() {
    long before = scan.body().graph().nodes().stream().filter(n -> !n.isLeaf()).count();
    boolean fewer = nexts.size() + collected.size() + others.size() < node.outputs().size();
    return kept < before || fewer;
  }

  /** The stacks of what was collected. */
  Map<Value, Value> stacks(List<Value> results) {
    Map<Value, Value> stacks = new LinkedHashMap<>();
    int next = nexts.size();
    for (Value value : collected) {
      stacks.put(value, results.get(next++));
    }
    return stacks;
  }
}
