package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;

/** Connectionist temporal classification, Graves et al. 2006. */
final class Alignments {
  private static final double NEVER = -1e30;
  private static final long END = Long.MAX_VALUE;

  private Alignments() {}

  /**
   * -ln of the probability of all ways to spell the target. After the last step of a sample, its
   * ways stay what they are.
   */
  static Value loss(OpCall call) {
    Value output = call.value("output").cast(ElementType.FLOAT32);
    Value labels = call.value("target").cast(ElementType.INT64);
    long steps = Sizes.fixed(call, output, 1);
    Value spelling = spelling(labels, call.integer("mask_index"));
    Value each = output.slice(2, 0, 1).cast(ElementType.INT64).mul(0).add(spelling.unsqueeze(1));
    Value logs = output.logSoftmax(2).gatherElements(each, 2);
    Value skips = skips(spelling, call.integer("mask_index"));
    Value lengths = call.value("output_length").cast(ElementType.INT64).reshape(-1, 1);
    Value first = at(logs, 0);
    Value ways = Value.concat(1, first.slice(1, 0, 2), never(first.slice(1, 2, END)));
    for (long t = 1; t < steps; t++) {
      Value next = behind(ways, 1);
      Value skipped = skips.where(behind(ways, 2), ways.scalar(NEVER));
      Value after = logSum(ways, next, skipped).add(at(logs, t));
      ways = lengths.gt(t).where(after, ways);
    }
    Value length = call.value("target_length").cast(ElementType.INT64).reshape(-1, 1).mul(2);
    Value blank = ways.gatherElements(length, 1);
    Value label = ways.gatherElements(length.sub(1).max(0), 1);
    Value last = length.eq(0).where(label.scalar(NEVER), label);
    return logSum(blank, last).squeeze(1).neg();
  }

  private static Value never(Value x) {
    return x.mul(0).add(NEVER);
  }

  /** A blank before each label, and one behind the last. */
  private static Value spelling(Value labels, long blank) {
    Value column = labels.unsqueeze(2);
    Value blanks = column.mul(0).add(blank);
    Value pairs = Value.concat(2, blanks, column).flatten(1);
    return Value.concat(1, pairs, labels.slice(1, 0, 1).mul(0).add(blank));
  }

  private static Value at(Value logs, long t) {
    return logs.slice(1, t, t + 1).squeeze(1);
  }

  private static Value skips(Value spelling, long blank) {
    Value none = spelling.slice(1, 0, 2).mul(0).add(blank);
    Value before = Value.concat(1, none, spelling.slice(1, 0, -2));
    return spelling.eq(before).or(spelling.eq(blank)).not();
  }

  private static Value behind(Value ways, long n) {
    return Value.concat(1, never(ways.slice(1, 0, n)), ways.slice(1, 0, -n));
  }

  private static Value logSum(Value... ways) {
    List<Value> columns = new ArrayList<>();
    for (Value way : ways) {
      columns.add(way.unsqueeze(2));
    }
    return Value.concat(2, columns).logSumExp(false, 2);
  }

  /** The best class of each step, repeated ones and blanks left out; -1 behind the last. */
  static List<Value> decode(OpCall call) {
    if (!call.text("strategy").equals("greedy")) {
      throw call.refuse(
          "searches with %s, which is not supported".formatted(call.text("strategy")),
          "use the strategy greedy");
    }
    Value inputs = call.value("inputs").cast(ElementType.FLOAT32);
    long classes = Sizes.fixed(call, inputs, 2);
    long blank = Math.floorMod(call.integer("mask_index"), classes);
    Value best = inputs.argMax(2, false);
    Value steps = Sizes.range(Sizes.scalar(inputs, 1)).unsqueeze(0);
    Value inside = steps.lt(call.value("sequence_lengths").cast(ElementType.INT64).reshape(-1, 1));
    Value kept = best.eq(blank).not().and(inside);
    if (call.flag("merge_repeated")) {
      Value before = Value.concat(1, best.slice(1, 0, 1).mul(0).sub(1), best.slice(1, 0, -1));
      kept = kept.and(best.eq(before).not());
    }
    // Kept steps come first, in order; the others behind them.
    Value key = kept.where(steps, steps.add(Sizes.scalar(inputs, 1)));
    Value order = Sorting.places(key, 1, false);
    Value label = kept.where(best, best.scalar(-1)).gatherElements(order, 1);
    Value most = inputs.max(false, 2);
    Value score = inside.where(most, most.scalar(0)).sum(true, 1).neg();
    return List.of(label.cast(ElementType.INT32).unsqueeze(0), score);
  }
}
