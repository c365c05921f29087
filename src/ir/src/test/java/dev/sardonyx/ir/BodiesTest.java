package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.x;

import dev.sardonyx.ir.ControlFlow.If;
import dev.sardonyx.ir.ControlFlow.Loop;
import dev.sardonyx.ir.SequenceMapping.SequenceMap;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators with bodies refuse. */
class BodiesTest {
  private static final Value CONDITION = x("bool[]");
  private static final Tensor ONE = Tensor.scalar(1f);

  private static Body constant(Tensor scalar) {
    return new Body(Graph.of("body", List.of(), Map.of("y", Value.constant(scalar))), 0);
  }

  @Test
  void parametersBelongToTheWholeModel() {
    Value w = Value.parameter("w", Tensor.scalar(1f));
    assertRefused(
        "GRAPH-010",
        "parameter w lies inside a body",
        "parameters belong to the whole model: let the body capture it",
        () -> new Body(Graph.of("body", List.of(), Map.of("y", w.neg())), 0));
  }

  @Test
  void bodiesHaveTheInputsAndResultsThatTheirOperatorGives() {
    Value a = x("float32[]");
    Body one = new Body(Graph.of("body", List.of(a), Map.of("y", a.neg())), 0);
    assertRefused(
        "GRAPH-011",
        "If needs a body with 0 inputs, got 1",
        "the number follows from the operator's own inputs",
        () -> Value.of(new If(one, one), CONDITION));
    assertRefused(
        "GRAPH-011",
        "Loop needs a body with 2 inputs, got 1",
        "the number follows from the operator's own inputs",
        () -> Value.of(new Loop(one), null, CONDITION));
  }

  @Test
  void branchesHaveResultsOfOneType() {
    assertRefused(
        "GRAPH-012",
        "If has branches with results 0 of types that do not fit: float32[] and int64[]",
        "cast or reshape one of them; a state whose shape changes is declared without that shape",
        () -> Value.of(new If(constant(ONE), constant(Tensor.scalar(1L))), CONDITION));
    assertRefused(
        "GRAPH-012",
        "If needs one bool as condition, got bool[2]",
        "cast or reshape it",
        () -> Value.of(new If(constant(ONE), constant(ONE)), x("bool[2]")));
  }

  @Test
  void bodiesLieInEachOtherToALimit() {
    Body deep = constant(ONE);
    for (int i = 0; i < Graph.MAX_DEPTH; i++) {
      Value c = Value.constant(Tensor.of(new boolean[] {true}).reshape());
      Value y = Node.of(new If(deep, deep), c).output();
      deep = new Body(Graph.of("body", List.of(), Map.of("y", y)), 0);
    }
    Body deepest = deep;
    assertRefused(
        "GRAPH-013",
        "bodies lie in each other more than 100 deep",
        "flatten some of the branches or loops",
        () ->
            Graph.of(
                "g",
                List.of(CONDITION),
                Map.of("y", Value.of(new If(deepest, deepest), CONDITION))));
  }

  @Test
  void aSequencesBodyTakesWhatTheNodeGives() {
    Value list = Value.input("list", new Type.Sequence(TensorType.parse("float32[]")));
    Value a = x("float32[]");
    Value b = x("float32[]");
    Body one = new Body(Graph.of("body", List.of(a), Map.of("y", a.neg())), 0);
    assertRefused(
        "GRAPH-029",
        "SequenceMap has 2 inputs and a body that takes 1",
        "the body takes one tensor for each list and each further tensor",
        () -> Value.of(new SequenceMap(one), list, b));
  }
}
