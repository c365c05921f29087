package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A cell run over a sequence: by an operator of ONNX that does the whole of it, or else step by
 * step by a {@code Scan}. Where the mask is false states stay as they are, and the output is the
 * one before, or zeros.
 *
 * @param mask which steps count: bool, [time, batch]; null for all
 * @param zeroOutput whether outputs of steps that do not count are zeros
 */
record Recurrence(Call call, RecurrentCell cell, @Nullable Value mask, boolean zeroOutput) {
  /**
   * What comes out.
   *
   * @param last the output of the last step
   * @param all the outputs of all steps, [time, batch, …]
   * @param states the states after the last step
   */
  record Result(Value last, Value all, List<Value> states) {}

  /**
   * @param x [time, batch, …], in the order in which steps are taken
   */
  Result run(Value x, List<Value> initial) {
    Result fused = x.shape().rank() == 3 ? fused(x, initial) : null;
    return fused == null ? scanned(x, initial) : fused;
  }

  private @Nullable Result fused(Value x, List<Value> initial) {
    Compaction compaction = mask == null ? null : new Compaction(mask);
    List<Value> results =
        compaction == null
            ? cell.sequence(call, x, null, initial)
            : cell.sequence(call, compaction.front(x), compaction.lengths(), initial);
    if (results == null) {
      return null;
    }
    List<Value> states = results.subList(1, results.size());
    if (mask == null || compaction == null) {
      return new Result(states.get(0), results.get(0), states);
    }
    Value all = compaction.back(results.get(0));
    Value shown = zeroOutput ? mask.unsqueeze(2).where(all, all.scalar(0)) : all;
    return new Result(lastOf(shown), shown, compaction.states(states, initial));
  }

  // The body computes in float32 for bfloat16, as the operators for whole sequences do.
  private Result scanned(Value x, List<Value> given) {
    Value driven = carried(cell.drive(call, x));
    List<Value> initial = given.stream().map(Recurrence::carried).toList();
    StepCall step = new StepCall(call);
    Value first = driven.slice(0, 0, 1).squeeze(0);
    Value tried = cell.step(step, first, initial).get(0);
    step.enterBody();
    List<Value> before = new ArrayList<>(initial);
    if (mask != null && !zeroOutput) {
      before.add(noOutput(driven, tried));
    }
    List<Value> sequences = mask == null ? List.of(driven) : List.of(driven, mask);
    int states = initial.size();
    List<Value> results =
        ControlFlow.scan(before, sequences, (state, element) -> turn(step, states, state, element));
    Value all = results.get(before.size());
    return new Result(lastOf(all), all, List.copyOf(results.subList(0, states)));
  }

  private Turn turn(Call step, int states, List<Value> state, List<Value> element) {
    List<Value> before = state.subList(0, states);
    List<Value> next = new ArrayList<>(cell.step(step, element.get(0), before));
    Value output = next.remove(0);
    if (mask == null) {
      return Turn.of(next).collect(output);
    }
    Value counts = element.get(1);
    for (int i = 0; i < states; i++) {
      next.set(i, chosen(counts, next.get(i), before.get(i)));
    }
    Value shown = chosen(counts, output, zeroOutput ? output.scalar(0) : state.get(states));
    if (!zeroOutput) {
      next.add(shown);
    }
    return Turn.of(next).collect(shown);
  }

  /** In float32 what is bfloat16. */
  static Value carried(Value x) {
    return x.element() == ElementType.BFLOAT16 ? x.cast(ElementType.FLOAT32) : x;
  }

  private static Value chosen(Value counts, Value then, Value otherwise) {
    int rank = then.shape().rank();
    return counts.unsqueeze(LongStream.range(1, rank).toArray()).where(then, otherwise);
  }

  /** Zeros of the type of an output. */
  private static Value noOutput(Value driven, Value output) {
    List<Dim> rest = output.shape().dims().subList(1, output.shape().rank());
    if (!rest.stream().allMatch(Dim::isFixed)) {
      return output.zerosLike();
    }
    Value extents = Value.longs(rest.stream().mapToLong(Dim::value).toArray());
    return output.scalar(0).expand(Value.concat(0, Extent.of(driven, 1), extents));
  }

  private static Value lastOf(Value all) {
    return all.slice(0, -1, Long.MAX_VALUE).squeeze(0);
  }
}
