package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Upgrades.all;
import static dev.sardonyx.onnx.Upgrades.at;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.onnx.Upgrades.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Old forms of loops, and of what counts their turns. */
final class OldLoops {
  static final List<Change> CHANGES =
      all(
          at(9, "Scan", OldLoops::batches),
          // In no version of the standard, but runtimes take it as long as they do not see it.
          at(Opset.NEWEST + 1, "Range", OldLoops::scalars));

  private OldLoops() {}

  /**
   * The first axes were the batch and the sequence: a scan over the batch of scans over sequences.
   */
  private static void batches(OldNode node) {
    if (node.has(0)) {
      throw node.refuse("has sequences of several lengths", "pad them all to one length");
    }
    if (!(node.attributes().get("body") instanceof Body body)
        || !(node.attributes().get("num_scan_inputs") instanceof Long sequences)) {
      throw node.refuse("misses its body or num_scan_inputs", "the model is damaged");
    }
    List<Long> directions = new ArrayList<>();
    long[] given = node.takeLongs("directions");
    for (int i = 0; given != null && i < given.length; i++) {
      directions.add(given[i]);
    }
    List<Value> own = new ArrayList<>();
    List<Value> captured = new ArrayList<>();
    for (int i = 1; i < node.inputs().size(); i++) {
      boolean outer = i >= node.inputs().size() - body.captures();
      (outer ? captured : own).add(node.x(i));
    }
    Scan scan = new Scan(body, sequences, List.of(), directions, List.of(), List.of());
    List<Value> results =
        ControlFlow.scan(
            List.of(),
            own,
            (state, elements) -> {
              List<@Nullable Value> inputs = new ArrayList<>(elements);
              inputs.addAll(captured);
              List<Value> one = Node.of(scan, inputs, Inference.ANY_NUMBER).outputs();
              return Turn.of().collect(one.toArray(Value[]::new));
            });
    node.become(results.toArray(Value[]::new));
  }

  private static void scalars(OldNode node) {
    for (int i = 0; i < 3; i++) {
      Shape shape = node.shape(i);
      if (shape.isRanked() && shape.rank() == 1) {
        node.input(i, node.x(i).reshape());
      }
    }
  }
}
