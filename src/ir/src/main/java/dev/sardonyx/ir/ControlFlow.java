package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operators that run graphs: branches and loops. What their graphs use of their surroundings is
 * captured; see {@link Body}.
 */
public sealed interface ControlFlow extends Op {
  /** The results of one of two graphs, which one a truth value decides. */
  @Onnx(since = 25, from = 1, inputs = "cond", outputs = "outputs*")
  record If(Body thenBranch, Body elseBranch) implements ControlFlow {
    @Override
    public List<Type> infer(Inference in) {
      return BranchTypes.of(in, thenBranch, elseBranch);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return BranchGradient.of(p, this);
    }
  }

  /**
   * A graph run at most {@code M} times and as long as a condition holds, both of them optional.
   *
   * <p>The body takes the number of the iteration, the condition and the state, and gives the
   * condition for going on, the next state, and elements that are collected into tensors with a new
   * first axis. The results are the last state, then what was collected.
   */
  @Onnx(
      since = 25,
      from = 1,
      inputs = "M? cond? v_initial*?",
      outputs = "v_final_and_scan_outputs*")
  record Loop(Body body) implements ControlFlow {
    @Override
    public List<Type> infer(Inference in) {
      return new LoopTypes(in, body).infer();
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return LoopGradient.of(p, this);
    }
  }

  /**
   * A graph run once for each element of the last {@code numScanInputs} inputs along their axes, 0
   * unless told. A direction of 1 goes from the last element to the first.
   *
   * <p>The body takes the state and one element of each of these inputs, and gives the next state
   * and elements that are collected along a new axis. The results are the last state, then what was
   * collected.
   */
  @Onnx(
      since = 25,
      from = 9,
      inputs = "initial_state_and_scan_inputs*",
      outputs = "final_state_and_scan_outputs*")
  record Scan(
      Body body,
      long numScanInputs,
      @Default("") List<Long> scanInputAxes,
      @Default("") List<Long> scanInputDirections,
      @Default("") List<Long> scanOutputAxes,
      @Default("") List<Long> scanOutputDirections)
      implements ControlFlow {
    @Override
    public List<Type> infer(Inference in) {
      return new ScanTypes(in, this).infer();
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return ScanGradient.of(p, this);
    }
  }

  /**
   * What one turn of a loop gives.
   *
   * @param goOn whether there is another turn, a boolean scalar; null for as before
   * @param state the next state
   * @param collected what the loop's results have of this turn
   */
  record Turn(@Nullable Value goOn, List<Value> state, List<Value> collected) {
    public Turn {
      state = List.copyOf(state);
      collected = List.copyOf(collected);
    }

    public static Turn of(Value... state) {
      return new Turn(null, List.of(state), List.of());
    }

    public static Turn of(List<Value> state) {
      return new Turn(null, state, List.of());
    }

    public Turn collect(Value... elements) {
      return new Turn(goOn, state, List.of(elements));
    }

    public Turn whileTrue(Value condition) {
      return new Turn(condition, state, collected);
    }
  }

  /** One turn of a {@link #loop}, given its number from 0, an int64 scalar, and the state. */
  @FunctionalInterface
  interface LoopBody {
    Turn turn(Value i, List<Value> state);
  }

  /** One turn of a {@link #scan}, given the state and one element of each sequence. */
  @FunctionalInterface
  interface ScanBody {
    Turn turn(List<Value> state, List<Value> elements);
  }

  /**
   * The results of one of two functions of what surrounds them.
   *
   * <pre>{@code
   * Value y = ControlFlow.branch(sum.greater(zero), () -> List.of(x), () -> List.of(x.neg())).get(0);
   * }</pre>
   *
   * @param cond a boolean of one element
   * @param then called at once to build the graph, as is {@code otherwise}; both give as many
   *     results of the same kinds
   */
  static List<Value> branch(
      Value cond, Supplier<List<Value>> then, Supplier<List<Value>> otherwise) {
    return Loops.branch(cond, then, otherwise);
  }

  /**
   * The last state, then everything collected, each stacked along a new first axis.
   *
   * <pre>{@code
   * // 2^0, 2^1, ... below limit
   * ControlFlow.loop(null, null, List.of(one),
   *     (i, s) -> Turn.of(s.get(0).add(s.get(0))).collect(s.get(0)).whileTrue(s.get(0).less(limit)));
   * }</pre>
   *
   * @param trips the most turns, an int64 scalar; null for no bound
   * @param cond whether there is a first turn, a boolean scalar; null for true
   * @param initial the state before the first turn; its shapes may change from turn to turn, and
   *     then are unknown
   * @param body called to build the graph, more than once where shapes change
   */
  static List<Value> loop(
      @Nullable Value trips, @Nullable Value cond, List<Value> initial, LoopBody body) {
    return Loops.loop(trips, cond, initial, body);
  }

  /**
   * Runs over the first axes of {@code sequences} in step: the last state, then everything
   * collected, each stacked along a new first axis.
   *
   * @param initial the state before the first element; its shapes stay
   * @param body called to build the graph; its turns have no condition
   */
  static List<Value> scan(List<Value> initial, List<Value> sequences, ScanBody body) {
    return Loops.scan(initial, sequences, body);
  }
}
