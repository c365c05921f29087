package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Optionals;
import dev.sardonyx.ir.SequenceEditing;
import dev.sardonyx.ir.SequenceJoining;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Gradients through branches and loops, in one another, against central differences. */
class BodyGradientsTest {
  private static final Value ZERO = Value.scalar(ElementType.FLOAT64, 0);

  private final Value x = Value.input("x", TensorType.parse("float64[2,3]"));
  private final Value w = Value.input("w", TensorType.parse("float64[3,3]"));

  private void check(Value... outputs) {
    check(7, outputs);
  }

  private void check(int seed, Value... outputs) {
    Random random = new Random(seed);
    List<String> names = List.of("a", "b", "c").subList(0, outputs.length);
    Graph graph = Graph.of("test", List.of(x, w), List.of(outputs), names);
    GradientCheck.check(graph, List.of(draw(random, 2, 3), draw(random, 3, 3)));
  }

  private static Tensor draw(Random random, long rows, long columns) {
    double[] values = random.doubles(rows * columns, -1, 1).toArray();
    return Tensor.of(values, rows, columns);
  }

  private static Value trips(long count) {
    return Value.constant(Tensor.scalar(count));
  }

  private static Value total(Value value) {
    return value.sum();
  }

  @Test
  void aBranchThatIgnoresAnInput() {
    Value y =
        ControlFlow.branch(total(x).gt(ZERO), () -> List.of(x.matMul(w)), () -> List.of(x.exp()))
            .get(0);
    check(1, y);
    check(2, y);
    check(3, y);
  }

  @Test
  void aLoopThatCapturesWeights() {
    List<Value> results =
        ControlFlow.loop(
            trips(4),
            null,
            List.of(x),
            (i, s) -> {
              Value next = s.get(0).matMul(w).tanh();
              return Turn.of(next).collect(next.mul(next));
            });
    check(results.get(0), results.get(1));
  }

  @Test
  void aLoopOfNoTurns() {
    List<Value> results =
        ControlFlow.loop(
            trips(0), null, List.of(x), (i, s) -> Turn.of(s.get(0).matMul(w)).collect(s.get(0)));
    check(results.get(0), results.get(1));
  }

  @Test
  void aLoopThatEndsWhenItsStateSaysSo() {
    Value y =
        ControlFlow.loop(
                null,
                null,
                List.of(x),
                (i, s) -> {
                  Value next = s.get(0).mul(1.5).add(w.slice(0, 0, 2));
                  return Turn.of(next).whileTrue(total(next.mul(next)).lt(20));
                })
            .get(0);
    check(y);
  }

  @Test
  void aStateThatGrows() {
    Value y =
        ControlFlow.loop(
                trips(3),
                null,
                List.of(x),
                (i, s) -> Turn.of(Value.concat(0, s.get(0), s.get(0).matMul(w).tanh())))
            .get(0);
    check(y.mul(y));
  }

  @Test
  void loopsInLoopsAndBranchesInThem() {
    Value y =
        ControlFlow.loop(
                trips(2),
                null,
                List.of(x),
                (i, s) -> {
                  Value inner =
                      ControlFlow.loop(
                              i.add(Value.constant(Tensor.scalar(1L))),
                              null,
                              List.of(s.get(0)),
                              (j, t) -> Turn.of(t.get(0).matMul(w).tanh()))
                          .get(0);
                  return Turn.of(
                      ControlFlow.branch(
                          total(inner).gt(ZERO),
                          () -> List.of(inner.mul(x)),
                          () -> List.of(inner.matMul(w))));
                })
            .get(0);
    check(1, y);
    check(5, y);
  }

  @Test
  void aScanOverTwoSequencesWithTwoStates() {
    List<Value> results =
        ControlFlow.scan(
            List.of(x, total(w)),
            List.of(w, w.transpose(1, 0)),
            (s, e) -> {
              Value sum = s.get(0).mul(e.get(0)).add(e.get(1)).tanh();
              return Turn.of(sum, s.get(1).add(total(sum))).collect(sum.mul(s.get(1)));
            });
    check(results.toArray(Value[]::new));
  }

  @Test
  void aListThatGrowsInALoop() {
    Value list =
        ControlFlow.loop(
                trips(3),
                null,
                List.of(x, Value.of(new SequenceEditing.SequenceEmpty(ElementType.FLOAT64))),
                (i, s) -> {
                  Value next = s.get(0).matMul(w).tanh();
                  return Turn.of(
                      next, Value.of(new SequenceEditing.SequenceInsert(), s.get(1), next));
                })
            .get(1);
    Value stacked = Value.of(new SequenceJoining.ConcatFromSequence(0, true), list);
    check(stacked.mul(stacked));
  }

  @Test
  void aListThatHadElementsBeforeTheLoop() {
    Value list =
        ControlFlow.loop(
                trips(2),
                null,
                List.of(Value.of(new SequenceEditing.SequenceConstruct(), x, x.exp())),
                (i, s) ->
                    Turn.of(
                        Value.of(
                            new SequenceEditing.SequenceInsert(), s.get(0), x.matMul(w).tanh())))
            .get(0);
    Value joined = Value.of(new SequenceJoining.ConcatFromSequence(0, false), list);
    check(joined.mul(joined));
  }

  /** What an expansion is made of may itself depend on what is asked for. */
  /** Turn for turn the first of two goes to the end, times w: no list of lists could keep them. */
  @Test
  void aListThatIsChangedInALoop() {
    Value list = Value.of(new SequenceEditing.SequenceConstruct(), x, x.mul(x));
    check(Value.of(new SequenceEditing.SequenceAt(), turned(list), trips(0)));
    check(Value.of(new SequenceJoining.ConcatFromSequence(0, false), turned(list)));
  }

  @Test
  void aListThatAnOptionalHoldsAndALoopChanges() {
    Value list = Value.of(new SequenceEditing.SequenceConstruct(), x, x.mul(x));
    Value held = Value.of(new Optionals.Optional(null), list);
    check(Value.of(new SequenceJoining.ConcatFromSequence(0, false), turned(held)));
  }

  private Value turned(Value list) {
    return ControlFlow.loop(
            trips(3),
            null,
            List.of(list),
            (i, s) -> {
              Value there = Value.of(new Optionals.OptionalGetElement(), s.get(0));
              Value first = Value.of(new SequenceEditing.SequenceAt(), there, trips(0));
              Value rest = Value.of(new SequenceEditing.SequenceErase(), there, trips(0));
              Value moved = first.matMul(w).tanh();
              return Turn.of(Value.of(new SequenceEditing.SequenceInsert(), rest, moved));
            })
        .get(0);
  }

  @Test
  void inputsThatDependOnEachOther() {
    check(Value.einsum("ij,jk->ik", x, x.transpose(1, 0).matMul(x).tanh()));
  }

  /** As after a branch, where shapes get lost. */
  @Test
  void aSliceWhoseGradientHasNoKnownExtents() {
    Value dy = Value.input("dy", TensorType.parse("float64[?,?]"));
    Value y = x.slice(new long[] {0}, new long[] {3}, new long[] {1}, new long[] {2});
    Value dx = Gradients.of(y).wrt(x).with(List.of(dy)).values().get(0);
    Tensor given = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2);
    assertEquals(
        Tensor.of(new double[] {1, 0, 2, 3, 0, 4}, 2, 3),
        Evaluate.run(Graph.of("slice", List.of(dy), List.of(dx)), List.of(given)).get(0));
  }

  @Test
  void gradientsOfGradients() {
    Function<Value, Value> f =
        start ->
            total(
                ControlFlow.loop(
                        trips(3),
                        null,
                        List.of(start),
                        (i, s) -> Turn.of(s.get(0).matMul(w).tanh()))
                    .get(0));
    check(Gradients.of(f.apply(x)).wrt(x, w).values().toArray(Value[]::new));
    Value scanned =
        ControlFlow.scan(
                List.of(x), List.of(w), (s, e) -> Turn.of(s.get(0).mul(e.get(0)).add(x).tanh()))
            .get(0);
    check(Gradients.of(total(scanned)).wrt(x, w).values().toArray(Value[]::new));
  }
}
