package dev.sardonyx.nn.losses;

import static dev.sardonyx.ir.type.ElementType.INT64;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Connectionist temporal classification, Graves et al. 2006: -ln of the probability of all ways to
 * spell a sequence of labels over more steps of time. Predictions are logits [batch, time,
 * classes], class 0 being the blank; targets are labels [batch, length], padded with 0.
 */
public final class CTC extends Loss {
  /** The logarithm of a way that there is not. */
  private static final double NEVER = -1e30;

  private static final long END = Long.MAX_VALUE;

  public static CTC ctc() {
    return new CTC();
  }

  @Override
  public TensorType targetType(TensorType yPred) {
    Dim batch = yPred.shape().isRanked() ? yPred.shape().dim(0) : Dim.UNKNOWN;
    return TensorType.of(INT64, batch, Dim.UNKNOWN);
  }

  /**
   * The probability of all ways to each place of the spelling with blanks around its labels, step
   * by step: α(t, s) = p(t, s) · (α(t-1, s) + α(t-1, s-1) + α(t-1, s-2)), the last where that skips
   * a blank between different labels.
   */
  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value spelling = spelling(yTrue);
    Value logs = logs(spelling, yPred);
    Value skips = skips(spelling);
    Value first = at(logs, 0);
    Value ways = Value.concat(1, first.slice(1, 0, 2), first.slice(1, 2, END).mul(0).add(NEVER));
    for (long t = 1; t < steps(yPred); t++) {
      Value next = behind(ways, 1);
      Value skipped = skips.where(behind(ways, 2), ways.scalar(NEVER));
      ways = logSum(ways, next, skipped).add(at(logs, t));
    }
    return end(ways, yTrue).neg();
  }

  private static long steps(Value yPred) {
    Shape shape = yPred.shape();
    if (!shape.isRanked() || shape.rank() != 3 || !shape.dim(1).isFixed()) {
      throw new Diagnostic(
              "NN-039",
              "CTC needs logits [batch, time, classes] of a fixed time, got " + yPred.type(),
              Location.current(),
              "predictions: " + yPred.type(),
              "give the model an input of a fixed number of steps")
          .exception();
    }
    return shape.dim(1).value();
  }

  /** A blank before each label, and one behind the last. */
  private static Value spelling(Value labels) {
    Value column = labels.unsqueeze(2);
    Value pairs = Value.concat(2, column.mul(0), column).flatten(1);
    return Value.concat(1, pairs, labels.slice(1, 0, 1).mul(0));
  }

  /** ln p of every place of the spelling at every time. */
  private static Value logs(Value spelling, Value yPred) {
    Value each = yPred.slice(2, 0, 1).cast(INT64).mul(0).add(spelling.unsqueeze(1));
    return yPred.logSoftmax(2).gatherElements(each, 2);
  }

  private static Value at(Value logs, long t) {
    return logs.slice(1, t, t + 1).squeeze(1);
  }

  /** Where a label follows another one. */
  private static Value skips(Value spelling) {
    Value before = Value.concat(1, spelling.slice(1, 0, 2).mul(0), spelling.slice(1, 0, -2));
    return spelling.eq(before).or(spelling.eq(0)).not();
  }

  /** The ways to the place {@code n} before each. */
  private static Value behind(Value ways, long n) {
    Value none = ways.slice(1, 0, n).mul(0).add(NEVER);
    return Value.concat(1, none, ways.slice(1, 0, -n));
  }

  private static Value logSum(Value... ways) {
    List<Value> columns = new ArrayList<>();
    for (Value way : ways) {
      columns.add(way.unsqueeze(2));
    }
    return Value.concat(2, columns).logSumExp(false, 2);
  }

  /** All ways that end in the last label or in the blank behind it. */
  private static Value end(Value ways, Value labels) {
    Value length = labels.eq(0).not().cast(INT64).sum(true, 1).mul(2);
    Value blank = ways.gatherElements(length, 1);
    Value label = ways.gatherElements(length.sub(1).max(0), 1);
    return logSum(blank, length.eq(0).where(label.scalar(NEVER), label)).squeeze(1);
  }
}
