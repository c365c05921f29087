package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Branches and loops that do not go with the operators that run them. */
class BodyRefusalTest {
  private static final String LOOP = "the number follows from the operator's own inputs";
  private static final String FIT =
      "cast or reshape one of them; a state whose shape changes is declared without that shape";

  private static Body body(String formals, String result) {
    String text = "graph b(%s) {\n  z = Neg(x)\n  return %s\n}\n".formatted(formals, result);
    return new Body(GraphText.parse(text, "b"), 0);
  }

  private static Value in(String type) {
    return Value.input("in", TensorType.parse(type));
  }

  private static Executor branch(String thenResult, String otherResult) {
    String none = "float32[2] [1.0, 2.0]";
    String text = "graph b() {\n  x = %s\n  y = [1, 2]\n  return %s\n}\n";
    Body then = new Body(GraphText.parse(text.formatted(none, thenResult), "t"), 0);
    Body other = new Body(GraphText.parse(text.formatted(none, otherResult), "t"), 0);
    return cond -> Node.of(new ControlFlow.If(then, other), List.of(cond), Inference.ANY_NUMBER);
  }

  private interface Executor {
    Node run(Value input);
  }

  @Test
  void branchesGiveTheSame() {
    assertRefused(
        "GRAPH-011",
        "If has branches of 2 and 1 results",
        "both branches give as many",
        () -> branch("x = x, y = y", "x = x").run(in("bool[]")));
    assertRefused(
        "GRAPH-012",
        "If has types that do not fit as result 0 of its branches: float32[2] and int64[2]",
        FIT,
        () -> branch("x = x", "y = y").run(in("bool[]")));
    assertRefused(
        "GRAPH-012",
        "If needs one bool as cond, got bool[2]",
        "cast or reshape it",
        () -> branch("x = x", "x = x").run(in("bool[2]")));
    Body taking = body("x: float32[2]", "z = z");
    assertRefused(
        "GRAPH-011",
        "If gives its body 0 inputs, which takes 1",
        "what a branch uses of its surroundings is captured",
        () -> Value.of(new ControlFlow.If(taking, taking), in("bool[]")));
  }

  /** The operator's inputs are M, cond and one state of the type float32[2]. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GRAPH-011 | i: int64[], x: float32[2] | z = z | gives its body 3 inputs, which takes 2",
        "GRAPH-011 | i: int64[], c: bool[], x: float32[2] | c = c"
            + " | needs a body with 2 results or more, got 1",
        "GRAPH-012 | i: int32[], c: bool[], x: float32[2] | c = c, z = z"
            + " | needs one int64 as the turn's number in its body, got int32[]",
        "GRAPH-012 | i: int64[], c: bool[2], x: float32[2] | c = c, z = z"
            + " | needs one bool as the condition in its body, got bool[2]",
        "GRAPH-012 | i: int64[], c: bool[], x: float32[2] | i = i, z = z"
            + " | needs one bool as the first result of its body, got int64[]",
        "GRAPH-012 | i: int64[], c: bool[], x: float32[3] | c = c, z = z"
            + " | has types that do not fit as state 0: float32[3] and float32[2]",
        "GRAPH-012 | i: int64[], c: bool[], x: float32[2] | c = c, i = i"
            + " | has types that do not fit as state 0: float32[2] and int64[]",
      })
  void loopsCarryTheirState(String code, String formals, String result, String message) {
    Op loop = new ControlFlow.Loop(body(formals, result));
    Diagnostic d =
        assertThrows(
                DiagnosticException.class,
                () -> Value.of(loop, in("int64[]"), in("bool[]"), in("float32[2]")))
            .diagnostic();
    assertEquals(code + " Loop " + message, d.code() + " " + d.message());
  }

  @Test
  void scansGoOverElements() {
    Op scan =
        new ControlFlow.Scan(
            body("x: float32[3]", "z = z"), 1, List.of(), List.of(), List.of(), List.of());
    assertEquals("float32[N,3]", ShapeRules.type(scan, in("float32[N,3]")));
    assertRefused(
        "GRAPH-012",
        "Scan has types that do not fit as element 0: float32[3] and float32[4]",
        FIT,
        () -> Value.of(scan, in("float32[N,4]")));
    assertRefused(
        "GRAPH-011",
        "Scan gives its body 2 inputs, which takes 1",
        LOOP,
        () -> Value.of(scan, in("float32[2]"), in("float32[N,3]")));
  }

  @Test
  void parametersLieInNoBody() {
    Value w = Value.parameter("w", Tensor.scalar(1f));
    Graph graph = Graph.of("b", List.of(), List.of(w.neg()), List.of("y"));
    assertRefused(
        "GRAPH-010",
        "parameter w lies inside a body",
        "parameters belong to the whole model: let the body capture it",
        () -> new Body(graph, 0));
  }

  private static Value nested(Value cond, Value x, int depth) {
    if (depth == 0) {
      return x.neg();
    }
    return ControlFlow.branch(cond, () -> List.of(nested(cond, x, depth - 1)), () -> List.of(x))
        .get(0);
  }

  @Test
  void bodiesLieInEachOtherOnlySoDeep() {
    Value cond = in("bool[]");
    Value x = Value.input("x", TensorType.parse("float32[]"));
    Value deepest = nested(cond, x, Graph.MAX_DEPTH);
    Graph graph = Graph.of("g", List.of(cond, x), List.of(deepest), List.of("y"));
    assertEquals(Graph.MAX_DEPTH, graph.depth());
    assertRefused(
        "GRAPH-013",
        "bodies lie in each other more than 100 deep",
        "flatten some of the branches or loops",
        () -> {
          Value deeper = nested(cond, x, Graph.MAX_DEPTH + 1);
          Graph.of("g", List.of(cond, x), List.of(deeper), List.of("y"));
        });
    String text = "graph g(c: bool[]) {\n  y = " + "If<then_branch=graph b() { y = ".repeat(101);
    assertRefused(
        "GRAPH-013",
        "bodies lie in each other more than 100 deep",
        "flatten some of the branches or loops",
        () -> GraphText.parse(text, "t"));
  }
}
