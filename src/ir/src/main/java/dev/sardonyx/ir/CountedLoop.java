package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop of a known number of turns, one at least, as a scan over their numbers. No turn ends it,
 * and its states are tensors whose shapes stay.
 */
public final class CountedLoop {
  private final Node node;
  private final Body body;
  private final int states;

  private CountedLoop(Node node, ControlFlow.Loop loop) {
    this.node = node;
    this.body = loop.body();
    this.states = body.formals().size() - LoopGradient.COUNTERS;
  }

  /** The results of a loop by a scan; null where the node is no such loop. */
  public static @Nullable List<Value> scanned(Node node) {
    if (!(node.op() instanceof ControlFlow.Loop loop)) {
      return null;
    }
    CountedLoop counted = new CountedLoop(node, loop);
    Tensor turns = node.hasInput(0) ? node.input(0).constant() : null;
    boolean runs = turns != null && turns.size() == 1 && turns.toLongArray()[0] > 0;
    return runs && counted.goesOn() && counted.isOfFixedShapes()
        ? counted.results(turns.toLongArray()[0])
        : null;
  }

  private boolean goesOn() {
    boolean begins = !node.hasInput(1) || Boolean.TRUE.equals(Truth.of(node.input(1)));
    Value goOn = body.outputs().get(0);
    while (goOn.op() instanceof Elementwise.Identity) {
      goOn = goOn.node().input(0);
    }
    return begins && (goOn == body.formals().get(1) || Boolean.TRUE.equals(Truth.of(goOn)));
  }

  private boolean isOfFixedShapes() {
    for (int j = 0; j < states; j++) {
      boolean given = node.hasInput(LoopGradient.COUNTERS + j);
      Type formal = body.formals().get(LoopGradient.COUNTERS + j).type();
      if (!given || !isSame(formal, node.input(LoopGradient.COUNTERS + j).type())) {
        return false;
      }
      if (!isSame(formal, body.outputs().get(1 + j).type())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(Type a, Type b) {
    return a instanceof TensorType first
        && b instanceof TensorType second
        && first.element() == second.element()
        && first.shape().isRanked()
        && first.shape().dims().stream().noneMatch(Dim::isUnknown)
        && first.shape().provablySame(second.shape());
  }

  private List<Value> results(long turns) {
    Value numbers = numbers(turns);
    ScanBuilder scan = new ScanBuilder();
    List<Value> before = new ArrayList<>();
    for (int j = 0; j < states; j++) {
      before.add(scan.state(node.input(LoopGradient.COUNTERS + j)));
    }
    List<Value> given = new ArrayList<>();
    given.add(scan.element(numbers, 0, 0));
    given.add(Value.constant(Tensor.of(new boolean[] {true}).reshape()));
    given.addAll(before);
    List<Value> outputs = body.inline(given, Bodies.captured(node));
    outputs.subList(1, 1 + states).forEach(scan::next);
    outputs.subList(1 + states, outputs.size()).forEach(v -> scan.collect(v, 0, 0));
    return scan.results();
  }

  private static Value numbers(long turns) {
    Value zero = Value.constant(Tensor.scalar(0L));
    return Value.range(
        zero, Value.constant(Tensor.scalar(turns)), Value.constant(Tensor.scalar(1L)));
  }
}
