package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code Scan}: it runs again and collects what the way back reads ({@link
 * Residuals}); then a scan from the other end takes each step back. It carries the gradients of the
 * state and those of the captured values, which add up, and collects those of the elements.
 */
final class ScanGradient {
  private final Pullback p;
  private final ControlFlow.Scan scan;
  private final Body body;
  private final int states;
  private final int sequences;
  private final List<Value> captured;
  private final List<Value> wanted;
  private final List<Integer> carried;

  private ScanGradient(Pullback p, ControlFlow.Scan scan) {
    this.p = p;
    this.scan = scan;
    this.body = scan.body();
    this.captured = Bodies.captured(p.node());
    this.wanted = Bodies.wanted(p);
    this.sequences = (int) scan.numScanInputs();
    this.states = body.formals().size() - sequences;
    this.carried = floats(0, states);
  }

  static List<@Nullable Value> of(Pullback p, ControlFlow.Scan scan) {
    return new ScanGradient(p, scan).gradients();
  }

  private List<@Nullable Value> gradients() {
    List<Integer> scanned = new ArrayList<>();
    for (int i : floats(states, states + sequences)) {
      if (p.wants(i)) {
        scanned.add(i);
      }
    }
    Since since = Since.now();
    ScanBuilder again = new ScanBuilder();
    ScanBuilder back = new ScanBuilder();
    List<Value> before = given(again);
    List<Value> outputs = body.inline(before, captured);
    outputs.subList(0, states).forEach(again::next);
    Since backward = Since.now();
    List<Value> found = back(back, outputs, before, scanned, since);
    Residuals residuals = new Residuals(before, outputs, since, backward);
    List<Value> read = replaced(found, residuals.of(found), before, again, back);
    int sums = carried.size() + wanted.size();
    read.subList(0, sums).forEach(back::next);
    for (int k = 0; k < scanned.size(); k++) {
      int i = scanned.get(k) - states;
      back.collect(read.get(sums + k), inputAxis(i), 1 - inputDirection(i));
    }
    return places(scanned, back.results());
  }

  /** The states and elements of the way forward. */
  private List<Value> given(ScanBuilder again) {
    List<Value> given = new ArrayList<>();
    for (int j = 0; j < states; j++) {
      given.add(again.state(p.x(j)));
    }
    for (int i = 0; i < sequences; i++) {
      given.add(again.element(p.x(states + i), inputAxis(i), inputDirection(i)));
    }
    return given;
  }

  /** The gradients of the states, those of captured values added up, and those of elements. */
  private List<Value> back(
      ScanBuilder back,
      List<Value> outputs,
      List<Value> before,
      List<Integer> scanned,
      Since since) {
    List<Value> sums = new ArrayList<>();
    List<Value> reached = new ArrayList<>();
    List<Value> cotangents = new ArrayList<>();
    for (int j : carried) {
      reached.add(outputs.get(j));
      cotangents.add(back.state(p.dy(j)));
    }
    wanted.forEach(v -> sums.add(back.state(Cotangents.zeros(v))));
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
    List<Value> gradients = new ArrayList<>(Bodies.orZeros(found, asked));
    for (int k = 0; k < wanted.size(); k++) {
      Value more = found.get(carried.size() + k);
      Value sum = sums.get(k);
      gradients.set(carried.size() + k, more == null ? sum : sum.add(more));
    }
    return gradients;
  }

  /**
   * The gradients with elements of the way back in the place of what they read of the way forward,
   * which collects it.
   */
  private List<Value> replaced(
      List<Value> gradients,
      List<Value> read,
      List<Value> before,
      ScanBuilder again,
      ScanBuilder back) {
    List<Value> kept = new ArrayList<>();
    Map<Value, Value> replacements = new HashMap<>();
    for (Value value : read) {
      int i = before.indexOf(value) - states;
      if (i >= 0) {
        Value element = back.element(p.x(states + i), inputAxis(i), 1 - inputDirection(i));
        replacements.put(value, element);
      } else {
        again.collect(value, 0, 0);
        kept.add(value);
      }
    }
    if (!kept.isEmpty()) {
      List<Value> collected = again.results().subList(states, states + kept.size());
      for (int k = 0; k < kept.size(); k++) {
        replacements.put(kept.get(k), back.element(collected.get(k), 0, 1));
      }
    }
    if (read.isEmpty()) {
      back.element(p.x(states), inputAxis(0), 1 - inputDirection(0));
    }
    return Rewriting.substitute(gradients, replacements);
  }

  private List<@Nullable Value> places(List<Integer> scanned, List<Value> results) {
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
