package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.AlongAxis;
import dev.sardonyx.ir.Indexing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The time steps that count, moved to the front of each sample, so that one operator can run over
 * them; and what it gives, put back where they were. A step that does not count gets the result of
 * the last one before it that does, or zeros: a recurrent layer under Keras's mask stands still.
 */
final class Compaction {
  private final Value samples;
  private final Value batch;
  private final Value counts;
  private final Value lengths;
  private final Value sources;

  /**
   * @param mask which steps count: bool, [time, batch]
   */
  Compaction(Value mask) {
    batch = Extent.scalar(mask, 1);
    samples = numbers(batch).unsqueeze(0);
    Value zero = Value.scalar(ElementType.INT64, 0);
    counts = Value.of(new AlongAxis.CumSum(false, false), mask.cast(ElementType.INT64), zero);
    lengths = mask.cast(ElementType.INT64).sum(false, 0);
    Value steps = numbers(Extent.scalar(mask, 0)).unsqueeze(1);
    Value behind = lengths.unsqueeze(0).add(steps).sub(counts);
    Value places = mask.where(counts.sub(1), behind);
    sources =
        places
            .zerosLike()
            .scatterElements(places, steps.expandLike(places), 0, Indexing.ScatterReduction.NONE);
  }

  private static Value numbers(Value count) {
    return Value.range(
        Value.scalar(ElementType.INT64, 0), count, Value.scalar(ElementType.INT64, 1));
  }

  /** How many steps of each sample count, as ONNX's recurrent operators take it. */
  Value lengths() {
    return lengths.cast(ElementType.INT32);
  }

  /** {@code x} [time, batch, width] with the steps that count in front. */
  Value front(Value x) {
    return rows(x, sources);
  }

  /** All results [time, batch, width] of steps in front, each where its step was. */
  Value back(Value results) {
    Value held = rows(results, counts.sub(1).max(0));
    return counts.gt(0).unsqueeze(2).where(held, held.scalar(0));
  }

  /** The last states; samples without a step that counts keep their first. */
  List<Value> states(List<Value> last, List<Value> initial) {
    Value any = lengths.gt(0).unsqueeze(1);
    return IntStream.range(0, last.size())
        .mapToObj(i -> any.where(last.get(i), initial.get(i)))
        .toList();
  }

  private Value rows(Value x, Value steps) {
    Value flat = x.reshape(-1, x.shape().dim(2).value());
    return flat.gather(steps.mul(batch).add(samples), 0);
  }
}
