package dev.sardonyx.compiler.scans;

import dev.sardonyx.compiler.scans.Accumulators.Accumulator;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One scan with less in its body. */
final class Hoisting {
  private final Node node;
  private final Scan scan;
  private final Turns turns;
  private final List<Value> outputs;
  private final Map<Integer, Accumulator> accumulators;
  private final Behind behind;

  Hoisting(Node node, Scan scan) {
    this.node = node;
    this.scan = scan;
    this.turns = new Turns(node, scan);
    this.outputs = Regrouping.outputs(scan.body().graph(), turns);
    List<Value> formals = scan.body().formals().subList(0, turns.states());
    this.accumulators = Accumulators.of(formals, outputs, turns);
    Map<Value, Value> nexts = new HashMap<>();
    for (int j = 0; j < formals.size(); j++) {
      if (!accumulators.containsKey(j)) {
        nexts.put(formals.get(j), outputs.get(j));
      }
    }
    this.behind = new Behind(turns, nexts, roots());
  }

  /** What takes the place of the scan's results; null where nothing is gained. */
  @Nullable List<Value> results() {
    accumulators.values().forEach(a -> a.sums().forEach(s -> s.operands().forEach(behind::need)));
    for (int k = turns.states(); k < outputs.size(); k++) {
      if (isStack(k)) {
        behind.need(outputs.get(k));
      }
    }
    Rebuilt rebuilt = new Rebuilt(node, scan, turns, accumulators, outputs, behind.collected());
    for (int k = turns.states(); k < outputs.size(); k++) {
      if (!isStack(k)) {
        int i = k - turns.states();
        rebuilt.collect(outputs.get(k), outputAxis(i), outputDirection(i));
      }
    }
    List<Value> inner = rebuilt.results();
    return rebuilt.isSmaller() ? outer(rebuilt, inner) : null;
  }

  private List<Value> outer(Rebuilt rebuilt, List<Value> inner) {
    Map<Value, Value> stacks = rebuilt.stacks(inner);
    List<Value> results = new ArrayList<>();
    int next = 0;
    for (int j = 0; j < turns.states(); j++) {
      Accumulator accumulator = accumulators.get(j);
      boolean runs = accumulator == null || accumulator.next() != null;
      Value last = runs ? inner.get(next++) : node.input(j);
      results.add(accumulator == null ? last : total(accumulator, last, stacks));
    }
    next = inner.size() - rebuilt.others();
    for (int k = turns.states(); k < outputs.size(); k++) {
      results.add(isStack(k) ? behind.stack(outputs.get(k), stacks) : inner.get(next++));
    }
    return results;
  }

  private Value total(Accumulator accumulator, Value last, Map<Value, Value> stacks) {
    List<Value> totals = new ArrayList<>();
    for (TurnSum sum : accumulator.sums()) {
      List<Value> given = sum.operands().stream().map(v -> behind.stack(v, stacks)).toList();
      totals.add(sum.total().apply(given));
    }
    return accumulator.total(last, totals);
  }

  /** What has to be computed turn by turn in any case. */
  private List<Value> roots() {
    List<Value> roots = new ArrayList<>(nexts(turns.states(), outputs, accumulators));
    for (int k = turns.states(); k < outputs.size(); k++) {
      if (!isStack(k)) {
        roots.add(outputs.get(k));
      }
    }
    return roots;
  }

  static List<Value> nexts(
      int states, List<Value> outputs, Map<Integer, Accumulator> accumulators) {
    List<Value> nexts = new ArrayList<>();
    for (int j = 0; j < states; j++) {
      Accumulator accumulator = accumulators.get(j);
      Value next = accumulator == null ? outputs.get(j) : accumulator.next();
      if (next != null) {
        nexts.add(next);
      }
    }
    return nexts;
  }

  /** Whether a result is collected the way in which stacks lie. */
  private boolean isStack(int k) {
    int i = k - turns.states();
    return outputAxis(i) == 0
        && outputDirection(i) == turns.direction()
        && !turns.isFixed(outputs.get(k));
  }

  private long outputAxis(int i) {
    return Turns.at(scan.scanOutputAxes(), i);
  }

  private long outputDirection(int i) {
    return Turns.at(scan.scanOutputDirections(), i);
  }
}
