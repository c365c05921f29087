package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Upgrades.at;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Slicing.Pad;
import dev.sardonyx.ir.Slicing.PadMode;
import dev.sardonyx.ir.Slicing.Slice;
import dev.sardonyx.ir.Value;
import dev.sardonyx.onnx.Upgrades.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The old form of Scan, which had a batch of sequences, each of a length of its own. */
final class OldLoops {
  static final List<Change> CHANGES = at(9, "Scan", node -> new OldLoops(node).batches());

  private final OldNode node;
  private final Body body;
  private final int sequences;
  private final List<Long> directions;
  private final List<Value> own = new ArrayList<>();
  private final List<Value> captured = new ArrayList<>();
  private final @Nullable Value lengths;

  private OldLoops(OldNode node) {
    this.node = node;
    Body given = node.take("body", Body.class);
    Long count = node.take("num_scan_inputs", Long.class);
    int last = node.inputs().size() - (given == null ? 0 : given.captures());
    if (given == null || count == null || count < 1 || count >= last) {
      throw node.refuse("misses its body or its inputs", "it has a body and scans 1 input or more");
    }
    this.body = given;
    this.sequences = (int) (long) count;
    long[] ways = node.takeLongs("directions");
    this.directions = ways == null ? List.of() : LongStream.of(ways).boxed().toList();
    this.lengths = node.optional(0);
    for (int i = 1; i < node.inputs().size(); i++) {
      (i < last ? own : captured).add(node.x(i));
    }
  }

  /** A scan over the samples, each of which is a scan over its sequence. */
  private void batches() {
    List<Value> samples = new ArrayList<>(own);
    if (lengths != null) {
      samples.add(lengths);
    }
    List<Value> results =
        ControlFlow.scan(List.of(), samples, (state, sample) -> collected(one(sample)));
    node.become(results.toArray(Value[]::new));
  }

  private static Turn collected(List<Value> results) {
    return Turn.of().collect(results.toArray(Value[]::new));
  }

  private List<Value> one(List<Value> sample) {
    Value length = lengths == null ? null : sample.get(own.size()).reshape(1);
    int states = own.size() - sequences;
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      Value x = sample.get(i);
      inputs.add(length == null || i < states ? x : start(x, length));
    }
    inputs.addAll(captured);
    Scan scan = new Scan(body, sequences, List.of(), directions, List.of(), List.of());
    List<Value> results = new ArrayList<>(Node.of(scan, inputs, body.outputs().size()).outputs());
    for (int i = states; length != null && i < results.size(); i++) {
      Value whole = sample.get(states).shapeOf().slice(0, 0, 1);
      results.set(i, filled(results.get(i), whole.sub(length)));
    }
    return results;
  }

  private static Value start(Value sequence, Value length) {
    return Value.of(new Slice(), sequence, Value.longs(0), length, Value.longs(0));
  }

  /** What comes after the end of a sequence is not defined. */
  private static Value filled(Value result, Value missing) {
    Value pads = Value.concat(0, Value.longs(0), missing);
    return Value.of(new Pad(PadMode.CONSTANT), result, pads, null, Value.longs(0));
  }
}
