package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code Scan}: it runs again and collects the state before each element; then a
 * scan from the other end takes each step back. It carries the gradients of the state and those of
 * the captured values, which add up, and collects those of the elements.
 */
final class ScanGradient {
  private final Pullback p;
  private final ControlFlow.Scan scan;
  private final Body body;
  private final int states;
  private final int sequences;
  private final List<Value> captured;
  private final List<Value> wanted;

  private ScanGradient(Pullback p, ControlFlow.Scan scan) {
    this.p = p;
    this.scan = scan;
    this.body = scan.body();
    this.captured = Bodies.captured(p.node());
    this.wanted = Bodies.wanted(p);
    this.sequences = (int) scan.numScanInputs();
    this.states = body.formals().size() - sequences;
  }

  static List<@Nullable Value> of(Pullback p, ControlFlow.Scan scan) {
    return new ScanGradient(p, scan).gradients();
  }

  private List<@Nullable Value> gradients() {
    List<Integer> carried = floats(0, states);
    List<Integer> scanned = new ArrayList<>();
    for (int i : floats(states, states + sequences)) {
      if (p.wants(i)) {
        scanned.add(i);
      }
    }
    List<Value> kept = kept();
    ScanBuilder back = new ScanBuilder();
    List<Value> given = new ArrayList<>();
    carried.forEach(j -> given.add(back.state(p.dy(j))));
    wanted.forEach(v -> given.add(back.state(Cotangents.zeros(v))));
    List<Value> before = new ArrayList<>();
    kept.forEach(all -> before.add(back.element(all, 0, 1)));
    for (int i = 0; i < sequences; i++) {
      before.add(back.element(p.x(states + i), inputAxis(i), 1 - inputDirection(i)));
    }
    Since since = Since.now();
    List<Value> outputs = body.inline(before, captured);
    List<Value> reached = new ArrayList<>();
    List<Value> cotangents = new ArrayList<>();
    for (int k = 0; k < carried.size(); k++) {
      reached.add(outputs.get(carried.get(k)));
      cotangents.add(given.get(k));
    }
    for (int j = states; j < outputs.size(); j++) {
      if (p.hasDy(j)) {
        int i = j - states;
        reached.add(outputs.get(j));
        cotangents.add(back.element(p.dy(j), outputAxis(i), 1 - outputDirection(i)));
      }
    }
    List<Value> asked = new ArrayList<>();
    carried.forEach(j -> asked.add(before.get(j)));
    asked.addAll(wanted);
    scanned.forEach(j -> asked.add(before.get(j)));
    List<@Nullable Value> found = p.gradients(reached, cotangents, asked, since);
    List<Value> gradients = Bodies.orZeros(found, asked);
    for (int k = 0; k < carried.size() + wanted.size(); k++) {
      boolean sum = k >= carried.size();
      Value more = found.get(k);
      Value next = sum ? more == null ? given.get(k) : given.get(k).add(more) : gradients.get(k);
      back.next(next);
    }
    for (int k = 0; k < scanned.size(); k++) {
      int i = scanned.get(k) - states;
      back.collect(
          gradients.get(carried.size() + wanted.size() + k), inputAxis(i), 1 - inputDirection(i));
    }
    return places(carried, scanned, back.results());
  }

  private List<@Nullable Value> places(
      List<Integer> carried, List<Integer> scanned, List<Value> results) {
    List<@Nullable Value> gradients = new ArrayList<>(Collections.nCopies(p.size(), null));
    int next = 0;
    for (int j : carried) {
      gradients.set(j, results.get(next++));
    }
    for (Value value : wanted) {
      gradients.set(p.size() - captured.size() + captured.indexOf(value), results.get(next++));
    }
    for (int j : scanned) {
      gradients.set(j, results.get(next++));
    }
    return gradients;
  }

  /** Each state before each step. */
  private List<Value> kept() {
    if (states == 0) {
      return List.of();
    }
    ScanBuilder again = new ScanBuilder();
    List<Value> given = new ArrayList<>();
    for (int j = 0; j < states; j++) {
      given.add(again.state(p.x(j)));
    }
    for (int i = 0; i < sequences; i++) {
      given.add(again.element(p.x(states + i), inputAxis(i), inputDirection(i)));
    }
    body.inline(given, captured).subList(0, states).forEach(again::next);
    given.subList(0, states).forEach(state -> again.collect(state, 0, 0));
    return again.results().subList(states, 2 * states);
  }

  private List<Integer> floats(int from, int to) {
    List<Integer> found = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (Cotangents.exist(p.x(i).type())) {
        found.add(i);
      }
    }
    return found;
  }

  private long inputAxis(int i) {
    return at(scan.scanInputAxes(), i);
  }

  private long inputDirection(int i) {
    return at(scan.scanInputDirections(), i);
  }

  private long outputAxis(int i) {
    return at(scan.scanOutputAxes(), i);
  }

  private long outputDirection(int i) {
    return at(scan.scanOutputDirections(), i);
  }

  private static long at(List<Long> values, int i) {
    return values.isEmpty() ? 0 : values.get(i);
  }
}
